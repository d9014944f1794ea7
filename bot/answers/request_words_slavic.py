"""How people ask for a summary, and about the articles themselves, in Slavic languages.

The lines are templates (``request_templates``): Polish, Ukrainian and Russian.
"""

from bot.answers.request_model import RequestWords

POLISH = RequestWords(
    macros={
        "DET": "cały|całego|całej|całą|mój|twój|jakiś|jakaś|swój|pełny",
        "THIS": "ten|ta|to|tego|tej|tę|tym|te|tych|tutaj|tu",
        "NOUN": "artykuł|artykułu|artykule|artykuły|artykułów|tekst|tekstu|tekście|teksty|tekstów"
        "|strona|strony|stronie",
        "WEAK": "raport|raportu|dokument|dokumentu|książka|książki|książkę|instrukcja|poradnik",
        "DOC": "DET* NOUN\nTHIS DET* NOUN|WEAK\nDET* WEAK\nTHIS\nwszystko",
        "TITLED": "DET* NOUN|WEAK o|pod_tytułem DET* NAME",
        "IT": "on|ono|go",
        "THAT": "go|je",
        "PART": "część|części|rozdział|rozdziału|sekcję|sekcji|fragment|fragmentu",
        "ON": "o|na_temat|dotyczącą|dotyczący|dotyczącej|dotyczącego",
        "COUNT": "DIGITS|jednym|dwóch|trzech|czterech|pięciu|sześciu|siedmiu|ośmiu|dziewięciu|dziesięciu"
        "|kilku",
        "UNIT": "zdaniu|zdaniach|punktach|słowach|wersach|linijkach",
        "MANNER": """
            w COUNT krótkich? UNIT
            w skrócie|zarysie|prostych_słowach
            jako lista
            krótko mówiąc?
            prosto|prostymi_słowami|zwięźle
        """,
        "DIGEST": "streszczenie|streszczenia|podsumowanie|podsumowania|skrót|tldr|krótka_wersja"
        "|krótką_wersję|skrótowo",
        "ADJ": "krótkie|krótki|szybkie|proste|zwięzłe|DET|mi|małe|tylko",
        "ESSENCE": "główne|najważniejsze|kluczowe|główny|główna|główną punkty|tezy|informacje|fakty|myśli"
        "|myśl|wątek|wątki|rzeczy|wnioski|idea\nnajważniejsze\nsedno\nzarys",
        "AUTHOR": "autor|autorem|autorka|autorką|autorzy|autora|autorami",
        "WROTE": "napisał|napisała|napisali|stworzył|opublikował|zrobił",
        "DATED": "napisany|napisane|opublikowane|napisano|opublikowany|opublikowano|powstał|wydany|zaktualizowany|napisana"
        "|opublikowana|ukazał_się",
        "SECT": "sekcje|rozdziały|części|nagłówki|podrozdziały|sekcji|rozdziałów|nagłówków|śródtytuły",
        "SECTION": "sekcje|rozdziały|nagłówki|podrozdziały|śródtytuły",
        "OFFER": "artykuły|teksty|tematy|dokumenty|artykułów|tekstów|tematów",
        "SOMETHING": "coś|cokolwiek|informacje|jakieś_informacje|informacja|jakaś_informacja|rozdział"
        "|fragment|wzmianka|mowa",
        "INSIDE": "tu|tutaj|w_nim|tam\nw THIS? NOUN",
    },
    templates={
        "summary": """
            ADJ* DIGEST MANNER?
            ADJ* DIGEST DOC|THAT MANNER?
            ADJ* DIGEST PART ON X MANNER?
            ADJ* DIGEST X MANNER?
            streść|streścić|podsumuj|podsumować|streszcz|podsumujesz|streścisz mi|nam? DOC|THAT? MANNER?
            streść|streścić|podsumuj|podsumować mi|nam? PART ON X MANNER?
            streść|streścić|podsumuj|podsumować mi|nam? X MANNER?
            o czym jest|mówi|traktuje|opowiada DOC|IT?
            o czym jest SUBJECT
            co jest|stoi w DOC
            co mówi DOC
            o co tu|w_tym chodzi
            jakie|jaki|jaka|co są|jest? ADJ* DIGEST|ESSENCE DOC?
            ADJ* ESSENCE DOC? MANNER?
            wyjaśnij|wytłumacz mi? DOC|THAT? MANNER
            wyjaśnij|wytłumacz mi? DOC|THAT? jak|jakbym REST
            MANNER
            DOC|THAT MANNER
            tldr|eli5 REST
        """,
        "author": """
            kto WROTE DOC|TITLED
            kto go? napisał|napisała
            kto DOC WROTE
            kto napisał NAME
            kto jest AUTHOR
            kto jest AUTHOR DOC|TITLED|NAME
            AUTHOR
            AUTHOR DOC|TITLED
            przez kogo DOC|TITLED jest|został? napisany
            czyj|czyjego_autorstwa jest DOC
            jak nazywa_się AUTHOR
        """,
        "date": """
            kiedy został|była|było|zostało? DOC|TITLED? został|została|było|zostało? DATED DOC?
            kiedy DATED DOC|TITLED?
            z kiedy|którego_roku|jakiego_okresu jest|pochodzi DOC
            jak stary|aktualny jest DOC
            data DOC|TITLED
            jaka jest data publikacji? DOC
            data publikacji|powstania DOC?
            czy DOC jest aktualny|nowy|stary
        """,
        "source": """
            skąd jest|pochodzi|masz|wzięto DOC|TITLED
            źródło|źródła|link DOC|TITLED?
            jakie|co jest|są źródło|źródłem|źródła DOC?
            z jakiej gazety|strony jest|pochodzi DOC
        """,
        "length": """
            jak długi|długa jest DOC|TITLED
            ile słów|stron|znaków|zdań ma|liczy|zawiera|jest_w DOC|TITLED
            ile czasu? zajmuje|zajmie przeczytanie|czytanie DOC?
            długość DOC
            czas czytania DOC?
            liczba słów DOC?
        """,
        "articles": """
            jakie|które|ile OFFER są|masz|znasz|macie|jest|istnieją tutaj|dostępne?
            jakie są|masz OFFER
            lista|wymień|pokaż|podaj mi? wszystkie|wszystkich? OFFER
            artykuły|tematy|wszystkie_artykuły
            o co mogę cię? zapytać|pytać
            co wiesz
        """,
        "sections": """
            jakie|które|ile SECT ma|są_w|jest_w|zawiera DOC|IT|TITLED
            jakie|które|ile SECTION są|jest|ma
            jakie są SECTION
            wymień|pokaż|podaj|lista mi? SECT DOC|TITLED
            wymień|pokaż|podaj|lista mi? SECTION
            jak zbudowany|podzielony|ułożony|zorganizowany jest DOC|TITLED
            jak DOC jest zbudowany|podzielony|zorganizowany
            na jakie SECT jest? podzielony|dzieli_się DOC
            SECTION|spis_treści
            SECT|struktura|spis_treści DOC|TITLED
            pokaż spis treści
        """,
        "language": """
            w jakim języku jest|został napisany? DOC|TITLED|IT? napisany?
            jaki jest język DOC
        """,
        "mentions": """
            czy? jest|są|znajdę|znajduje_się INSIDE? SOMETHING INSIDE? ON X INSIDE?
            czy? DOC|TITLED|IT wspomina|mówi|wymienia|opisuje|porusza|omawia ON? X
            czy? DOC|TITLED mówi|zawiera SOMETHING ON X
            czy INSIDE? X jest|są INSIDE? wspomniany|wspomniana|wspomniane|wymieniony|wymieniona
            czy INSIDE? jest mowa o X INSIDE?
            coś|cokolwiek INSIDE? o|na_temat X INSIDE?
            gdzie|w_którym_rozdziale jest mowa? o? X
        """,
    },
    polite_first="""
        cześć|hej|hejka|witam|witaj|siema|ok|dobra|więc|i|a|ale|też|bot|proszę|przepraszam|no
        dzień dobry
        dobry wieczór
        możesz|mógłbyś|mogłabyś|czy_możesz|czy_mógłbyś|możecie|czy_ktoś_może|może_ktoś mi|nam|proszę*
        powiedz|powiesz mi|nam?
        czy wiesz
        wiesz|wie_ktoś
    """,
    polite_last="""
        proszę|dzięki|dziękuję|bot|teraz|dokładnie|właściwie|pls|plis
        z góry dzięki|dziękuję
        dla mnie
    """,
    giving_first="""
        daj|podaj|zrób|napisz|pokaż|dajcie|zrobić|dać|napisać|podać mi|nam?
        chcę|potrzebuję|chciałbym|chciałabym|poproszę|poprosze mieć|zobaczyć?
        masz
        jest
        tylko|szybko
    """,
    asker="ja mi mnie mój moja moje mam jestem nam nas muszę",
)

RUSSIAN = RequestWords(
    macros={
        "DET": "весь|вся|всю|всей|всего|твой|мой|целиком|полностью|вашей|вашу",
        "THIS": "этот|эта|это|эту|этой|этого|этом|эти|этих|здесь|тут|данная|данной|данную",
        "NOUN": "статья|статьи|статью|статье|статей|текст|текста|тексте|тексты|страница|страницы"
        "|странице|страницу",
        "WEAK": "отчет|отчёт|отчета|документ|документа|документе|книга|книги|книгу|книге|доклад"
        "|руководство|инструкция",
        "DOC": "DET* NOUN DET*\nTHIS DET* NOUN|WEAK\nDET* WEAK\nTHIS\nвсе это?",
        "TITLED": "DET* NOUN|WEAK про|о|об|под_названием NAME",
        "IT": "он|она|оно|её|его",
        "THAT": "его|её|их",
        "PART": "часть|части|раздел|раздела|главу|главы|секцию|абзац|фрагмент",
        "ON": "о|об|про|насчёт|по|обо|касающуюся",
        "COUNT": "DIGITS|одном|двух|трех|трёх|четырех|четырёх|пяти|шести|семи|восьми|девяти|десяти"
        "|нескольких|паре",
        "UNIT": "предложении|предложениях|пунктах|словах|строках|тезисах",
        "MANNER": """
            в COUNT коротких? UNIT
            в двух словах
            вкратце|кратко|коротко|простыми_словами|попроще|сжато|тезисно|просто|покороче
            по пунктам|существу
            если коротко|кратко
            списком
            короче говоря
        """,
        "DIGEST": "резюме|пересказ|краткое_содержание|саммари|краткое_изложение|выжимка|выжимку|тлдр|tldr"
        "|краткая_версия|краткую_версию|конспект|сводка|сводку|краткого_содержания|краткий_пересказ",
        "ADJ": "краткое|краткий|короткое|короткий|быстрое|простое|небольшое|просто|DET|мне|краткую",
        "ESSENCE": "главные|основные|ключевые|главная|основная|главную|основную|самое_главное|важные"
        " мысли|тезисы|пункты|моменты|идеи|факты|мысль|идея|идею|выводы|тема|темы|положения\nсуть"
        "\nсамое? главное|важное\nосновное",
        "AUTHOR": "автор|авторы|автора|автором",
        "WROTE": "написал|написала|написали|создал|опубликовал|сделал|писал",
        "DATED": "написана|написан|написано|опубликована|опубликован|опубликовано|вышла|вышел|обновлена"
        "|обновлен|обновлён|создана|создан|написали|опубликовали|обновлялась",
        "SECT": "разделы|главы|части|заголовки|подзаголовки|разделов|глав|частей|секции|заголовков"
        "|пункты",
        "SECTION": "разделы|главы|заголовки|подзаголовки|разделов|глав|секции",
        "OFFER": "статьи|тексты|темы|документы|статей|текстов|тем",
        "SOMETHING": "что_то|что_нибудь|что_либо|информация|инфа|раздел|часть|упоминание|упоминания"
        "|какая_то_информация|хоть_что_то|сведения|речь|говорится|сказано|написано",
        "INSIDE": "здесь|тут|там|в_ней|в_нём\nв DOC",
    },
    templates={
        "summary": """
            ADJ* DIGEST MANNER?
            ADJ* DIGEST DOC|THAT MANNER?
            ADJ* DIGEST PART ON X MANNER?
            ADJ* DIGEST X MANNER?
            MANNER? перескажи|пересказать|суммируй|суммировать|резюмируй|резюмировать|изложи|обобщи
                |сократи|подытожь|подытожить|обобщить|изложить мне|нам? DOC|THAT? MANNER?
            MANNER? перескажи|пересказать|суммируй|резюмируй|изложи|обобщи|подытожь мне? PART ON X
                MANNER?
            MANNER? перескажи|пересказать|суммируй|резюмируй|изложи|обобщи|подытожь мне? X MANNER?
            о чем|чём DOC|IT говорится|рассказывает|речь?
            о чем|чём говорится|речь|идет_речь|идёт_речь|рассказывается в? DOC|IT?
            про что DOC|IT
            о чем|чём SUBJECT
            что говорится|написано|сказано|пишут в DOC
            что в DOC
            какова|какие|какая|в_чем|в_чём|что ADJ* DIGEST|ESSENCE DOC|в_DOC?
            ADJ* ESSENCE DOC? MANNER?
            объясни|обьясни|поясни мне? DOC|THAT? MANNER
            объясни|обьясни|поясни мне? DOC|THAT? как|словно|будто REST
            MANNER
            MANNER о чем|чём DOC
            DOC|THAT MANNER
            tldr|тлдр|eli5 REST
        """.replace("\n                |", "|").replace("\n                M", " M"),
        "author": """
            кто WROTE DOC|TITLED
            кто DOC WROTE
            кто её|его? написал
            кто написал NAME
            кто AUTHOR
            кто является|был? AUTHOR DOC|TITLED|NAME?
            кем DOC|TITLED|IT? написана|написан|написано DOC?
            AUTHOR
            AUTHOR DOC|TITLED
            чья|чей|чье DOC
            имя автора DOC?
            как зовут автора DOC?
        """,
        "date": """
            когда была|был|было|это? DOC|TITLED|IT была|был|было? DATED
            когда была|был|было? DATED DOC|TITLED?
            за какой|от_какого|какого год|года|числа|времени DOC
            от какого|когда числа|года? DOC
            какого года|числа DOC
            дата написания|публикации|создания|выхода? DOC|TITLED
            дата публикации|написания
            какая|какова дата написания|публикации? DOC
            насколько свежая|актуальна|стара|старая|свежий|актуален DOC
            DOC свежая|актуальная|старая|актуальна
        """,
        "source": """
            откуда взята|взят|взято|взялась? DOC|TITLED взята|взят|взято?
            источник|источники|ссылка|первоисточник DOC|TITLED?
            какой|какие|каков источник|источники DOC?
            где опубликована|опубликован|опубликовано DOC
        """,
        "length": """
            какой длины|объем|объём DOC|TITLED
            сколько слов|страниц|символов|знаков|предложений в? DOC|TITLED
            насколько длинная|длинный|большая|большой DOC
            длина|объем|объём DOC
            сколько времени? займет|займёт|занимает|нужно чтение|прочитать|читать|чтобы_прочитать DOC?
            время чтения DOC?
            количество слов DOC?
        """,
        "articles": """
            какие|сколько OFFER есть|у_тебя_есть|ты_знаешь|имеются|доступны|у_тебя у_тебя|здесь|тут?
            какие есть|у_тебя OFFER
            список|покажи|перечисли|назови|выведи всех|все|мне* OFFER
            все? статьи|темы
            о чем|чём|что можно|я_могу|могу тебя? спросить|спрашивать
            что ты знаешь
        """,
        "sections": """
            какие|сколько SECT есть|содержит|имеет? в? DOC|IT|TITLED содержит|есть?
            какие|сколько SECTION есть|тут|здесь?
            какие в DOC SECT
            перечисли|покажи|назови|список|выведи мне|все* SECT в? DOC|TITLED
            перечисли|покажи|назови|список|выведи мне|все* SECTION
            как устроена|построена|организована|структурирована|структурирован|построен|устроен DOC|TITLED
            на какие SECT разделена|делится|разбита|разделен DOC
            SECTION|оглавление|содержание
            SECT|структура|оглавление|содержание|план DOC|TITLED
            какова|какая структура DOC
        """,
        "language": """
            на каком языке написана|написан|написано? DOC|TITLED|IT? написана|написан?
            какой язык у? DOC
        """,
        "mentions": """
            есть|имеется|найдется ли? INSIDE? SOMETHING INSIDE? ON X INSIDE?
            есть ли INSIDE? SOMETHING INSIDE? ON X INSIDE?
            INSIDE? упоминается|упоминаются|упомянут|упомянута|упомянуты ли? INSIDE? X INSIDE?
            X упоминается|упоминаются|упомянут|упомянута|упомянуты INSIDE?
            говорится|сказано|написано|пишут ли? INSIDE? SOMETHING? ON X INSIDE?
            говорит|упоминает|рассказывает ли? DOC|TITLED|IT SOMETHING? ON? X
            DOC|TITLED|IT упоминает|говорит|рассказывает SOMETHING? ON? X
            INSIDE есть|говорится SOMETHING ON X
            что_то|что_нибудь|хоть_что_нибудь INSIDE? есть? ON X INSIDE?
            идет|идёт ли? INSIDE? речь ON X
            где|в_каком_разделе|в_какой_части говорится|упоминается|сказано ON? X
        """,
    },
    polite_first="""
        привет|здравствуй|здравствуйте|эй|ок|окей|ну|так|и|а|но|тоже|бот|пожалуйста|извини|извините|пж
        добрый день|вечер
        доброе утро
        можешь|можете|мог_бы|могли_бы|можешь_ли|кто_нибудь_может|можно ты|вы|мне|нам|пожалуйста*
        не мог|могли бы ты|вы?
        скажи|скажите|подскажи|подскажите мне|пожалуйста*
        ты|вы не? знаешь|знаете
        кто нибудь знает
    """,
    polite_last="""
        пожалуйста|спасибо|бот|плиз|пж|пжлст|сейчас|вообще|собственно|именно|спс|благодарю
        большое спасибо
        для меня
    """,
    giving_first="""
        дай|дайте|сделай|сделайте|напиши|покажи|составь|дать|сделать|написать|составить мне|нам?
        хочу|нужно|нужен|нужна|хотелось_бы|мне_нужно|мне_нужна|я_хочу получить|узнать|знать|увидеть?
        у тебя есть
        есть
        только|быстро|просто|расскажи|рассказать
        расскажи мне?
    """,
    asker="я мне меня мой моя мое мои мы нам нас наш у_меня",
)

UKRAINIAN = RequestWords(
    macros={
        "DET": "весь|вся|всю|всієї|всього|увесь|усю|твій|мій|цілком|повністю",
        "THIS": "цей|ця|це|цю|цієї|цього|цій|цьому|ці|цих|тут|ось",
        "NOUN": "стаття|статті|статтю|статей|текст|тексту|тексті|тексти|сторінка|сторінки|сторінці"
        "|сторінку",
        "WEAK": "звіт|звіту|документ|документа|документі|книга|книги|книгу|книзі|доповідь|посібник"
        "|інструкція",
        "DOC": "DET* NOUN DET*\nTHIS DET* NOUN|WEAK\nDET* WEAK\nTHIS\nвсе це?",
        "TITLED": "DET* NOUN|WEAK про|під_назвою NAME",
        "IT": "він|вона|воно|її|його",
        "THAT": "його|її|їх",
        "PART": "частину|частини|розділ|розділу|главу|секцію|абзац|фрагмент",
        "ON": "про|щодо|о|стосовно",
        "COUNT": "DIGITS|одному|двох|трьох|чотирьох|п_яти|шести|семи|восьми|дев_яти|десяти|кількох",
        "UNIT": "реченні|реченнях|пунктах|словах|рядках|тезах",
        "MANNER": """
            в|у COUNT коротких? UNIT
            у|в двох словах
            коротко|стисло|простими_словами|простіше|тезисно|просто|вкратце
            по пунктах|суті
            якщо коротко|стисло
            списком
            коротко кажучи
        """,
        "DIGEST": "резюме|переказ|короткий_зміст|стислий_зміст|підсумок|стислий_виклад|вижимка|тлдр|tldr"
        "|коротка_версія|коротку_версію|конспект|короткого_змісту|самарі",
        "ADJ": "короткий|коротке|швидке|просте|стислий|стисле|невеликий|DET|мені",
        "ESSENCE": "головні|основні|ключові|головна|основна|головну|основну|найважливіші|важливі"
        " думки|тези|пункти|моменти|ідеї|факти|думка|ідея|ідею|висновки|тема|теми|положення\nсуть"
        "\nнайголовніше|найважливіше|головне|основне",
        "AUTHOR": "автор|автори|автора|автором|авторка|авторкою",
        "WROTE": "написав|написала|написали|створив|опублікував|зробив|писав",
        "DATED": "написана|написано|написаний|опублікована|опубліковано|опублікований|вийшла|вийшов"
        "|оновлена|оновлено|створена|створено|написали|опублікували",
        "SECT": "розділи|глави|частини|заголовки|підзаголовки|розділів|глав|частин|секції|заголовків",
        "SECTION": "розділи|глави|заголовки|підзаголовки|розділів|секції",
        "OFFER": "статті|тексти|теми|документи|статей|текстів|тем",
        "SOMETHING": "щось|що_небудь|будь_що|інформація|розділ|частина|згадка|згадки|якась_інформація"
        "|мова|йдеться|сказано|написано|хоч_щось|відомості",
        "INSIDE": "тут|там|в_ній|у_ній|в_ньому\nу|в DOC",
    },
    templates={
        "summary": """
            ADJ* DIGEST MANNER?
            ADJ* DIGEST DOC|THAT MANNER?
            ADJ* DIGEST PART ON X MANNER?
            ADJ* DIGEST X MANNER?
            MANNER? перекажи|переказати|підсумуй|підсумувати|узагальни|узагальнити|резюмуй|скороти
                |викласти|виклади|стисни мені|нам? DOC|THAT? MANNER?
            MANNER? перекажи|переказати|підсумуй|узагальни|виклади мені? PART ON X MANNER?
            MANNER? перекажи|переказати|підсумуй|узагальни|виклади мені? X MANNER?
            про що DOC|IT говориться|розповідає|йдеться?
            про що говориться|йдеться|мова|йде_мова|розповідається в|у? DOC|IT?
            про що SUBJECT
            що говориться|написано|сказано|пишуть в|у DOC
            яка|які|у_чому|в_чому|що ADJ* DIGEST|ESSENCE DOC?
            ADJ* ESSENCE DOC? MANNER?
            поясни|пояснити мені? DOC|THAT? MANNER
            поясни|пояснити мені? DOC|THAT? як|наче|ніби|немов REST
            MANNER
            MANNER про_що DOC
            DOC|THAT MANNER
            tldr|тлдр|eli5 REST
        """.replace("\n                |", "|"),
        "author": """
            хто WROTE DOC|TITLED
            хто DOC WROTE
            хто її|його? написав
            хто написав NAME
            хто AUTHOR
            хто є|був? AUTHOR DOC|TITLED|NAME?
            ким DOC|TITLED|IT? написана|написано|написаний DOC?
            AUTHOR
            AUTHOR DOC|TITLED
            чия|чий|чиє DOC
            ім_я автора DOC?
            як звати автора DOC?
        """,
        "date": """
            коли була|був|було|це? DOC|TITLED|IT була|був|було? DATED
            коли була|був|було? DATED DOC|TITLED?
            за який|якого рік|року|числа DOC
            від|з якого|коли числа|року? DOC
            дата написання|публікації|створення|виходу? DOC|TITLED
            дата публікації|написання
            яка дата написання|публікації? DOC
            наскільки свіжа|актуальна|стара DOC
            DOC свіжа|актуальна|стара
        """,
        "source": """
            звідки взята|взято|взявся|взялася? DOC|TITLED взята|взято?
            джерело|джерела|посилання|першоджерело DOC|TITLED?
            яке|які джерело|джерела DOC?
            де опублікована|опубліковано DOC
        """,
        "length": """
            якої довжини|обсяг DOC|TITLED
            який обсяг DOC
            скільки слів|сторінок|символів|знаків|речень в|у? DOC|TITLED
            наскільки довга|довгий|велика|великий DOC
            довжина|обсяг DOC
            скільки часу? займе|займає|треба|потрібно читання|прочитати|читати|щоб_прочитати DOC?
            час читання DOC?
            кількість слів DOC?
        """,
        "articles": """
            які|скільки OFFER є|у_тебе_є|ти_знаєш|доступні|маєш|в_тебе_є тут|у_тебе?
            які є|у_тебе OFFER
            список|покажи|перелічи|назви|виведи всіх|усіх|всі|усі|мені* OFFER
            всі|усі? статті|теми
            про що|що можна|я_можу|можу тебе? запитати|питати
            що ти знаєш
        """,
        "sections": """
            які|скільки SECT є|містить|має? в|у? DOC|IT|TITLED містить|є?
            які|скільки SECTION є|тут?
            перелічи|покажи|назви|список|виведи мені|всі|усі* SECT в|у? DOC|TITLED
            перелічи|покажи|назви|список|виведи мені|всі|усі* SECTION
            як побудована|влаштована|організована|структурована|побудований DOC|TITLED
            на які SECT поділена|ділиться|розбита DOC
            SECTION|зміст
            SECT|структура|зміст|план DOC|TITLED
            яка структура DOC
        """,
        "language": """
            якою мовою написана|написано|написаний? DOC|TITLED|IT? написана|написано?
            яка мова DOC
        """,
        "mentions": """
            чи? є INSIDE? SOMETHING INSIDE? ON X INSIDE?
            чи? INSIDE? згадується|згадуються|згадано INSIDE? X INSIDE?
            X згадується|згадуються|згадано INSIDE?
            чи? говориться|сказано|написано|йдеться INSIDE? SOMETHING? ON X INSIDE?
            чи? DOC|TITLED|IT згадує|говорить|розповідає SOMETHING? ON? X
            чи INSIDE є|говориться|йдеться SOMETHING? ON X
            щось|хоч_щось|що_небудь INSIDE? є? ON X INSIDE?
            чи йде INSIDE? мова ON X
            де|в_якому_розділі|у_якому_розділі йдеться|згадується|сказано ON? X
        """,
    },
    polite_first="""
        привіт|вітаю|здрастуй|гей|ок|ну|так|і|й|а|але|теж|також|бот|боте|вибач|вибачте|перепрошую
        будь ласка
        добрий день|вечір
        доброго ранку|дня
        можеш|можете|міг_би|могли_б|хтось_може|можна|чи_можеш|чи_можете|чи_міг_би ти|ви|мені|нам*
        скажи|скажіть|підкажи|підкажіть мені?
        ти|ви не? знаєш|знаєте
    """,
    polite_last="""
        дякую|спасибі|бот|зараз|взагалі|власне|саме|плз|плиз
        будь ласка
        щиро дякую
        для мене
    """,
    giving_first="""
        дай|дайте|зроби|зробіть|напиши|покажи|склади|дати|зробити|написати|скласти мені|нам?
        хочу|потрібно|потрібен|потрібна|хотілося_б|мені_потрібно|я_хочу отримати|знати|дізнатися?
        у тебе є
        є
        тільки|швидко|просто|розкажи|розповісти
        розкажи мені?
    """,
    asker="я мені мене мій моя моє мої ми нам нас наш",
)
