"""The small words that every text of a language is full of, and those that frame a question.

A stop word ("the", "of") says little about what a text is about. A frame word ("explain", "please")
is put around a question. In: a language (ISO 639-1). Out: the words as they are written, in small
letters. They tell languages apart (``languages``), and are left out where texts are looked up. All
lists were made for this program; the English ones are in ``bot.search.analysis.stop_words``.
"""

from collections.abc import Mapping

# By language: stop words, and frame words.
SMALL_WORDS: Mapping[str, tuple[str, str]] = {
    "de": (
        """
        wirklich
        ab aber alle allem allen aller alles als also am an ander andere anderen anderer anderes
        auch auf aus außer bei beide beiden beim bereits bevor bin bis bist bloß da dabei
        dadurch dafür dagegen daher dahin damit danach daneben dann daran darauf daraus darf
        darfst darin darum darüber das dass davon davor dazu dein deine deinem deinen deiner dem
        den denen denn dennoch der deren des deshalb dessen die dies diese diesem diesen dieser
        dieses doch dort du durch dürfen dürft eben ein eine einem einen einer eines einige
        einigen einiger einmal er erst es etwa etwas euch euer eure eurem euren falls fast für
        ganz gar gegen gegenüber gehabt gerade gewesen geworden gibt gleich hab habe haben habt
        hast hat hatte hatten hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im
        immer in indem ins irgendein irgendwie irgendwo ist ja je jede jedem jeden jeder jedes
        jedoch jemand jene jetzt kann kannst kein keine keinem keinen keiner können könnt könnte
        könnten mal man manche mehr mein meine meinem meinen meiner mich mir mit muss musst
        müssen müsst nach nachdem nein nicht nichts nie niemand noch nun nur ob oder oft ohne
        pro schon sehr sei seid sein seine seinem seinen seiner seit sich sie sind so sobald
        sofern sogar solche soll sollen sollst sollte sollten somit sondern sonst sowie sowohl
        trotz trotzdem um und uns unser unsere unserem unseren unserer unter viel viele vielen
        vom von vor wann war waren warst warum was weder weg wegen weil welche welchem welchen
        welcher welches wem wen wenig wenn wer werde werden werdet weshalb wessen wie wieder
        wieso wieviel will willst wir wird wirst wo wobei wodurch wofür woher wohin wollen wollt
        womit woran worauf woraus worin worüber wovon wozu wurde wurden während würde würden zu
        zum zur zwar zwischen über okay
        """,
        """
        bitte danke hallo hi moin heißt bedeutet bedeutung erklär erkläre erklären sag sage
        sagen sagt sagst zeig zeige wissen weiß weißt wisst kennst kennt frage fragen antwort
        geht funktioniert mach mache machen macht tun tut nennen name genau eigentlich eben halt
        denn jemand finde finden suche meint meinst art info infos information informationen
        """,
    ),
    "fr": (
        """
        vraiment
        a à afin ai ainsi alors après as assez au aucun aucune aujourd'hui auquel aura aurait
        aussi autant autour autre autres aux auxquels avaient avais avait avant avec avez avoir
        avons beaucoup bien car ce ceci cela celle celles celui ces cet cette ceux chacun chaque
        chez ci comme comment contre d'abord dans de dehors déjà depuis derrière des dès
        desquels dessous dessus devant doit doivent donc dont du durant elle elles en
        encore enfin entre envers es est et étaient était étant été êtes être eu eux fait faire
        fais faut font hors ici il ils j je jusqu'à jusque la là laquelle le lequel les
        lesquelles lesquels leur leurs lors lorsque lui ma mais malgré me même mêmes mes mien
        moi moins mon ne ni non nos notre nous nul on ont or ou où oui par parce parfois parmi
        pas pendant peu peut peuvent peux plus plusieurs plutôt pour pourquoi pourtant pouvez
        près presque puis puisque puisse qu quand quant que quel quelle quelles quelqu'un
        quelque quelques quels qui quoi rien sa sans sauf se selon sera serait ses seulement si
        sinon soi soit sommes son sont sous souvent suis sur ta tandis tant te tel telle tels
        tes toi ton toujours tous tout toute toutes très trop tu un une va vais vas vers voici
        voilà vont vos votre vous y ça étais c'est n'est qu'est s'il combien y'a c d l m n s t
        """,
        """
        bonjour salut merci stp svp plaît signifie veut dire dis dit dites explique expliquez
        expliquer montre montrez savoir sais sait savez connaît connais question réponse nom
        appelle marche fonctionne exactement justement quelqu'un trouve trouver cherche genre
        type info infos passe passer
        """,
    ),
    "es": (
        """
        adónde
        a acá ahí al algo alguien algún alguna algunas alguno algunos allá allí ambos ante antes
        aquel aquella aquellas aquello aquellos aquí así aun aún aunque bajo bastante bien cada
        casi como cómo con contra cual cuál cuales cuáles cualquier cuando cuándo cuanta cuánta
        cuantas cuántas cuanto cuánto cuantos cuántos de deben debe debo del demás dentro desde
        después donde dónde durante e el él ella ellas ello ellos en entonces entre era eran
        eres es esa esas ese eso esos esta está ésta estaba estaban estado estamos están estar
        estas estás este éste esto estos estoy fue fueron ha haber había habían hace hacen hacer
        hacia hago han has hasta hay he hemos incluso ir jamás junto la las le les lo los luego
        más me menos mi mí mía mientras mío mis misma mismas mismo mismos mucha muchas mucho
        muchos muy nada nadie ni ningún ninguna ninguno no nos nosotras nosotros nuestra
        nuestras nuestro nuestros nunca o os otra otras otro otros para pero poca pocas poco
        pocos podemos poder podría por porque porqué pude puede pueden puedes puedo pues que qué
        quien quién quienes quiénes se sea sean según ser será si sí sido siempre siendo sin
        sino sobre solo sólo somos son soy su sus suya suyo tal también tampoco tan tanta tanto
        te tenemos tener tengo ti tiene tienen tienes toda todas todavía todo todos tras tu tú
        tus tuya tuyo u un una unas uno unos usted ustedes va vamos van varias varios voy
        vosotros vuestra vuestro y ya yo
        """,
        """
        hola gracias favor porfa significa quiere decir dime diga dice explica explicame
        explicar muéstrame sabe sabes saber conoce pregunta respuesta nombre llama llaman
        funciona exactamente encuentro encontrar busco tipo info información
        """,
    ),
    "pt": (
        """
        a à ainda além algo alguém algum alguma algumas alguns ali ambos ante antes ao aos
        apenas após aquela aquelas aquele aqueles aqui aquilo as às assim até atrás através bem
        cada cá com como contra contudo cuja cujo da daquele das de dela delas dele deles depois
        desde dessa desse desta deste deve devem devo dia do dos durante e é ela elas ele
        eles em embora enquanto então entre era eram essa essas esse esses esta está estamos
        estão estar estas estava estavam este estes estou eu faço faz fazem fazer foi foram há
        isso isto já la lá lhe lhes lo logo mais mas me mediante meio menos mesma mesmas mesmo
        mesmos meu meus mim minha minhas muita muitas muito muitos na nada não nas nela nele nem
        nenhum nenhuma nessa nesse nesta neste ninguém no nos nós nossa nossas nosso nossos num
        numa nunca o onde os ou outra outras outro outros para pela pelas pelo pelos pode podem
        podemos poder posso por porém porque porquê portanto pouca pouco poucos pra própria
        próprio quais qual qualquer quando quanta quantas quanto quantos que quê quem se seja
        sejam sem sempre sendo ser será seu seus si sido sim só sob sobre somos sou sua suas
        também tão tal talvez tanto te tem têm temos tenho ter teu teus ti tinha toda todas
        todavia todo todos tu tua tuas tudo um uma umas uns vai vais vamos vão vez você vocês
        vos vosso vou
        """,
        """
        olá oi obrigado obrigada favor pfv significa quer dizer diga diz explica explique
        explicar mostra sabe sabes saber conhece pergunta resposta nome chama chamam funciona
        exatamente encontro encontrar procuro tipo info informação
        """,
    ),
    "it": (
        """
        a abbia abbiamo ad agli ai al alcuna alcune alcuni alcuno all alla alle allo allora
        altra altre altri altro anche ancora avere aveva avevano avete ben bene c'è che chi
        chiunque ci ciascuno cioè ciò coi col come con contro cosa così cui da dagli dai dal
        dall dalla dalle dallo davanti degli dei del dell della delle dello dentro deve devi
        devo devono di dietro dopo dove dov'è dunque durante e è ed ecco egli entro era
        erano eri esse essere essi fa faccio fai fanno fare fino fra fu fuori già gli ha hai
        hanno ho i il in infatti insieme intanto invece io l la là le lei li lì lo loro lui
        lungo ma mai me meno mentre mi mia mie miei mio molta molte molti molto ne né negli nei
        nel nell nella nelle nello nemmeno nessun nessuna nessuno niente no noi non nostra
        nostre nostri nostro nulla o od ogni ognuno oltre oppure ora per perché perciò però più
        po poca poche pochi poco poi possa possiamo posso possono potete prima presso proprio
        può puoi pur qua qual quale quali qualche qualcosa qualcuno quando quant'è quanta quante
        quanti quanto quasi quel quell quella quelle quelli quello questa queste questi questo
        qui quindi sarà se sé sebbene secondo sei sempre senza si sì sia siamo siano siete solo
        sono sopra sotto sta stanno stata stati stato stessa stesse stessi stesso sto su sua sue
        sugli sui sul sull sulla sulle sullo suo suoi tale tali tanta tanti tanto te ti tra
        tranne troppo tu tua tue tuo tuoi tutta tutte tutti tutto un un una uno va vai vanno
        verso vi via voi vostra vostro
        """,
        """
        ciao salve grazie favore piacere significa vuol dire dimmi dice dici spiega spiegami
        spiegare mostra mostrami sa sai sapere conosce domanda risposta nome chiama chiamano
        funziona esattamente trovo trovare cerco tipo info informazioni
        """,
    ),
    "pl": (
        """
        kim czyja czyje dokąd jakiego jakiej ilu oba naprawdę
        a aby ale albo ani aż bardzo bez bo bowiem by być był była było były byli będzie będą
        cały chociaż choć ci cię co coś czego czemu czy czyj czyli czym często dla dlaczego
        dlatego do dopiero dość dużo dwóch dziś gdy gdyby gdyż gdzie go i ich ile im
        inna inne inny innych iż ja jak jaka jaką jaki jakie jakiś jako jakoś jakich jakim ją je
        jeden jedna jednak jedno jego jej jemu jest jestem jesteś jeszcze jeśli jeżeli już każda
        każde każdego każdej każdy kiedy kilka kimś kogo komu kto ktoś która którą które którego
        której który których którym którzy ku lecz lub ma mają mam mamy mi mimo między mną mnie
        moja moje może możemy możesz można mogą mogę mój mu musi muszę my na nad nam nami nas
        nasz nasza nasze nawet nią nich nie niego niej niemu nigdy nikt nim nimi niż no o obok
        od około on ona one oni ono oprócz oraz pan pani po pod podczas pomimo ponad ponieważ
        poza potem prawie przed przede przez przy raz razem również są sam sama samo się skąd
        sobie swoja swoje swój ta tak taka taki takie także tam te tego tej temu ten też to tobą
        tobie trzeba tu tutaj twoja twoje twój ty tych tylko tym u w wam wami was wasz wasza we
        wedle wiele wielu więc więcej właśnie wszyscy wszystkich wszystko wśród wy z za zanim
        zaś zawsze ze że żaden żadna żeby
        """,
        """
        cześć hej dzień dobry proszę dzięki dziękuję znaczy oznacza powiedz powiedzcie mówi
        wyjaśnij wytłumacz pokaż wie wiesz wiecie znasz zna pytanie odpowiedź nazwa nazywa
        działa dokładnie właściwie znaleźć znajdę szukam rodzaj info informacja informacje robić
        robi zrobić
        """,
    ),
    "uk": (
        """
        ким чия чиє чиї якій яким нащо ще тільки обидва справді
        кого кому
        а аби або адже але б багато без би біля більш більше був буде будемо будеш буду будуть
        була були було бути в вам вами вас ваш ваша ваше ваші весь від він вона вони воно вже ви
        все всі всіх всього всьому втім де для до доки дуже є ж же з за завжди задля зараз
        звідки зі знов з-за і із її й їй його йому їм ім інша інше інший інші інших їх кожен
        кожна кожне кожний коли комусь крім куди лише ледь між мав має маємо маєте маю мають
        мене мені ми мій моє може можемо можете можеш можна можу можуть мої моя на навіщо навіть
        над нам нами нас наш наша наше наші не невже нема немає ним ними них ні ніде ніж ніколи
        ніхто ніщо ну о об однак окрім ось отже перед під після по поза поки понад потім
        потрібно при про проте проти раз сам сама самі саме свій своє свої свою своя себе
        скільки собі ся та так така таке такий такі також там твій твоє твої твоя те тебе тепер
        ти тим тих то тобі тобто того тоді той тому тою треба тут у усе усі уся хай хіба хоч
        хоча хто хтось ця це цей цим цих цього цьому цю через чи чий чим чого чому що щоб щось
        як яка яке який які якого якої якому яку якщо яких
        """,
        """
        привіт вітаю будь ласка дякую скажи скажіть підкажи підкажіть поясни поясніть розкажи
        розкажіть означає значить покажи знає знаєш знаєте питання відповідь назва називається
        звати працює робити зробити роблю саме точно знайти шукаю вид інфо інформація
        """,
    ),
    "ru": (
        """
        кем чья чье какое каком отчего оба
        возле
        а без более больше будем будет будете будешь буду будут бы был была были было быть в вам
        вами вас ваш ваша ваше ваши весь во вот все всё всегда всего всем всеми всех всю вся вы
        где да даже для до другая другие другой других его ее её ей ему если есть ещё еще ж
        же за зачем здесь и из или им ими их к каждая каждое каждый как какая какие каких какого
        какой какую когда кого кому которая которое которой которую которые который которых
        кроме кто кто-то куда ли лишь между меня мне много мной мог могу могут может можем
        можете можешь можно мои мой моя моё мы на над надо нам нами нас наш наша наше наши не
        него нее неё нельзя нет ни нибудь никогда ним ними них ничего никто но ну нужно о об
        однако около он она они оно от откуда очень перед по под поэтому пока после потом
        потому почему почти при про раз с сам сама сами свои свой свою своя себе себя сейчас со
        сколько снова так также такая такие такое такой там твой твоя те тебе тебя тем теперь
        тех то тобой тогда того тоже той только том тот тому ту тут ты у уже хотя чего чей чем
        через что чтобы что-то чьи эта эти этим этих это этого этой этом этому этот эту я
        """,
        """
        привет здравствуйте пожалуйста спасибо скажи скажите подскажи подскажите объясни
        объясните расскажи расскажите значит означает покажи знает знаешь знаете вопрос ответ
        название называется зовут работает делать сделать делаю именно точно найти ищу вид инфо
        информация
        """,
    ),
    "tr": (
        """
        kimler kimden neyi neye neresi kaçta başka gerçekten peki
        ama ancak artık asla aslında az bana bazen bazı belki ben benden beni benim bile bir
        biraz biri birkaç birçok biz bize bizden bizi bizim böyle böylece bu buna bunda bundan
        bunlar bunu bunun burada burası bütün çok çünkü da daha dahi de değil diğer diye dolayı
        dolayısıyla en fakat gibi göre hâlâ halde hangi hangisi hani hatta hem henüz hep hepsi
        her herhangi herkes hiç hiçbir için ile ise işte iyi kadar karşı kendi kendine kez
        ki kim kime kimi kimin kimse madem mı mi mu mü nasıl ne neden nedir nerde nerede nereden
        nereye nesi niçin niye o olan olarak oldu olduğu olduğunu olmak olması olsa olur olurum
        ona ondan onlar onlara onların onu onun orada oysa öyle önce pek rağmen sadece sana
        sanki seni senin sen siz size sizi sizin sonra şey şimdi şöyle şu şuna şunu tabii tüm
        üzere üzerinde var vardır ve veya ya yahut yani yalnız yapılır yerine yine yok yoksa
        zaten kaç mısın misin mıyım miyim musun mıdır midir
        """,
        """
        merhaba selam lütfen teşekkürler teşekkür sağol anlamı demek söyle söyler söyleyin
        açıkla anlat göster biliyor bilir bilen soru cevap adı ad isim çalışır çalışıyor yapmak
        yapılıyor tam bul bulurum bulabilirim arıyorum tür bilgi zaman
        """,
    ),
    "nl": (
        """
        aan aangaande achter al aldus alle alleen alles als altijd ander andere anderen bent
        beneden bij bijna boven buiten daar daarin daarna daarom dan dat de deze die dit doch
        doen doet door dus een eens eerst elk elke en enkele er erg ergens ermee even gaan gaat
        geen geweest geworden haar had hadden heb hebben hebt heeft hem hen het hier hij hoe
        hoeveel hun ieder iedere iedereen iemand iets ik in indien inmiddels is ja je jij jou
        jouw jullie kan kon konden kun kunnen kunt maar mag mee meer men met mij mijn moet
        moeten mogen na naar naast nadat net niemand niet niets nog nu of om omdat onder ondanks
        ons onze ook op opnieuw over pas per reeds samen sinds slechts soms staat steeds te
        tegen tenzij terug terwijl tijdens toch toen tot totdat tussen u uit uw vaak van vanaf
        veel via volgens voor voordat vooral waar waarbij waarheen waarin waarom waarvoor want
        wanneer waren was wat we weer weinig wel welk welke werd werden wie wiens wij wil willen
        word worden wordt zal ze zeer zelf zich zij zijn zo zoals zodat zonder zou zouden zowel
        zullen zult
        """,
        """
        hallo hoi alsjeblieft alstublieft bedankt dank betekent betekenis uitleg uitleggen leg
        zeg zegt vertel toon weet weten kent vraag antwoord naam heet heten werkt maken maak
        precies eigenlijk vind vinden zoek soort info informatie
        """,
    ),
    # Of scripts without blanks, and of Korean, words are pairs of characters.
    "zh": (
        """
        的 了 吗 呢 吧 啊 是 在 和 与 或 也 都 就 还 很 有 没 不 我 你 他 她 它 们 这 那 哪 谁
        几 个 之 什么 怎么 怎样 如何 为什 多少 哪里 哪儿 可以 我们 你们 他们 她们 这个 那个 哪个
        这里 那里 的是 是什 不是 有没 没有 是不 能不 因为 所以 但是 如果 还是 已经 一个
        """,
        "请问 告诉 知道 意思 解释 谢谢 你好",
    ),
    "ja": (
        """
        は が を に で と も の へ や か ね よ な た て です ます した して する され ませ せん
        から まで より こと もの これ それ あれ この その あの どの ここ そこ どこ だれ なに
        いつ なぜ どう どれ いる ある ない すか ますか いま りま きま しま とは には では のは
        のか って った れる られ たい くだ ださ さい 何で は何 は誰 誰が 何が 誰の 何時 時に
        """,
        "教え 知り 意味 説明 質問 お願 願い",
    ),
    "ko": (
        """
        은 는 이 가 을 를 에 의 도 로 와 과 만 수 것 그 저 및 등 더 안 못 몇 왜 뭐 언제 어디
        어디서 누가 누구 무엇 무슨 어떤 어느 얼마 어떻 떻게 어떻게 있어 어요 있나 나요 있습 습니
        니다 합니 해요 하나 인가 가요 이에 에요 예요 입니 지만 그리 리고 그러 러나 하지 하면
        으면 되나 돼요 있지 있는 있다 있고 가지 고
        """,
        "알려 려줘 주세 세요 설명 의미 뜻 질문 안녕",
    ),
}
# The stop words that tell English apart.
ENGLISH = """
    the of and to in is that it was for as with be by on not he this are or his from at which but
    have an had they you were their been has would there what will if can all she her who when where
    how your its do may should must does than then those we our any some only into about
"""
