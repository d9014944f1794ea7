"""How people ask for a summary, and about the articles themselves, in Turkish and East Asia.

The lines are templates (``request_templates``): Turkish, Chinese, Japanese and Korean. In the last
three, words have no blanks between them, so that the blanks of a line stand for nothing.
"""

from bot.answers.request_model import RequestWords

TURKISH = RequestWords(
    macros={
        "DET": "tüm|bütün|senin|benim|bir|o",
        "THIS": "bu|bunu|bunun|burada|şu",
        "NOUN": "makale|makaleyi|makalenin|makalede|yazı|yazıyı|yazının|yazıda|metin|metni|metnin"
        "|metinde|sayfa|sayfayı|sayfanın|sayfada|makaleler|yazılar|metinler",
        "WEAK": "rapor|raporu|raporun|belge|belgeyi|belgenin|kitap|kitabı|kitabın|kılavuz",
        "DOC": "THIS? DET* NOUN\nTHIS WEAK\nDET* WEAK\nTHIS\nhepsini|tamamını",
        "IT": "onu|onun|o",
        "THAT": "onu|şunu",
        "PART": "bölüm|bölümü|bölümünü|kısım|kısmı|kısmını|bölümün|kısmın",
        "ON": "hakkında|hakkındaki|ile_ilgili|konusunda|üzerine|konusundaki|üzerindeki|dair",
        "COUNT": "DIGITS|bir|iki|üç|dört|beş|altı|yedi|sekiz|dokuz|on|birkaç",
        "UNIT": "cümle|cümleyle|cümlede|cümlelik|madde|maddede|kelimeyle|kelime|satırda|maddeyle",
        "MANNER": """
            COUNT kısa? UNIT
            kısaca|özetle|basitçe|kabaca
            basit kelimelerle|bir_dille|dille|şekilde
            kısa ve öz
            madde madde
        """,
        "DIGEST": "özet|özeti|özetini|özetin|tldr|kısa_özet|kısa_versiyon|kısa_hali|kısa_halini|özetler",
        "ADJ": "kısa|hızlı|küçük|basit|bir|DET|bana",
        "ESSENCE": "ana|temel|önemli|en_önemli|başlıca fikir|fikri|fikirler|noktalar|noktaları|nokta"
        "|düşünce|konu|konusu|konuları|bilgiler|hatlar|hatları|mesaj|mesajı|başlıklar\nözü",
        "AUTHOR": "yazar|yazarı|yazarlar|yazarları|yazarın",
        "DATED": "yazıldı|yayınlandı|yayımlandı|yazılmış|yayınlanmış|güncellendi|yazılmıştır",
        "SECT": "bölümler|bölümleri|başlıklar|başlıkları|kısımlar|kısımları|bölüm|başlık|kısım"
        "|alt_başlıklar|alt_başlıkları|bölümlerini|başlıklarını",
        "OFFER": "makaleler|makale|yazılar|yazı|konular|konu|metinler|belgeler",
        "SOMETHING": "bir_şey|bilgi|bir_bilgi|herhangi_bir_şey|bir_bölüm|bir_kısım|birşey|bahis",
        "INSIDE": "burada|orada|içinde\nTHIS? NOUN",
        "ASK": "mi|mı|mu|mü|mı_var",
    },
    templates={
        "summary": """
            ADJ* DIGEST MANNER? ver|yaz|yap|çıkar|lütfen?
            DOC ADJ* DIGEST ne|nedir|ver|yaz|çıkar|çıkarır_mısın|verir_misin|yap?
            X ON? PART ADJ* DIGEST ver|yaz|çıkar|nedir?
            X ON? ADJ* DIGEST ver|yaz|çıkar|nedir?
            DOC|THAT? bana? MANNER? özetle|özetler_misin|özetleyebilir_misin|özetlermisin|özetleyin|özetleyin
                |özetleyiver|özet_geç|özetleyebilirmisin
            X ON PART bana? özetle|özetler_misin|özetleyebilir_misin
            X PART bana? özetle|özetler_misin|özetleyebilir_misin
            X bana? özetle|özetler_misin|özetleyebilir_misin
            DOC|IT? ne anlatıyor|hakkında|hakkındadır|ile_ilgili|diyor|anlatmakta|üzerine
            DOC neyden|neden|nelerden bahsediyor
            DOC konusu ne|nedir?
            SUBJECT ne hakkında
            konusu|konu ne|nedir
            DOC? ADJ* ESSENCE ne|nedir|neler|nelerdir?
            DOC|THAT? bana? MANNER açıkla|anlat|açıklar_mısın|anlatır_mısın
            DOC|THAT? bana? DIGITS|beş? yaşında|yaşındaymışım|çocuğa|çocukmuşum bir? çocuğa|gibi|anlatır*
                anlatır_gibi? açıkla|anlat
            MANNER
            DOC MANNER
            tldr REST
        """.replace("\n                |", "|").replace("\n                a", " a"),
        "author": """
            DOC|IT? kim|kimler yazdı|yazmış|yazmıştır|hazırladı|yayınladı|tarafından_yazıldı
            NAME kim yazdı
            kim yazdı|yazmış DOC?
            DOC|IT? AUTHOR kim|kimdir|kimler?
            NAME AUTHOR kim|kimdir
            DOC? AUTHOR adı|ismi ne|nedir?
            DOC kime ait
            DOC kimin
        """,
        "date": """
            DOC|IT? ne_zaman|hangi_tarihte|hangi_yıl|kaç_yılında DATED
            ne_zaman DATED DOC?
            DOC tarihi ne|nedir|kaç?
            DOC? yayın|yayınlanma|yazılma|yayımlanma tarihi ne|nedir?
            DOC ne_kadar|kaç_yıllık eski|güncel|yeni?
            DOC güncel|eski|yeni mi
            DOC ne zamandan|zamana_ait
        """,
        "source": """
            DOC nereden alındı|alınmış|geliyor|alıntı?
            DOC? kaynak|kaynağı|kaynaklar|kaynakları|kaynağın|kaynağınız ne|nedir|neler?
            DOC nerede yayınlandı|yayımlandı
        """,
        "length": """
            DOC ne kadar uzun|uzunlukta
            DOC kaç kelime|sayfa|karakter|cümle var|içeriyor?
            DOC uzunluğu ne|nedir|kaç?
            DOC? kelime sayısı ne|nedir|kaç?
            DOC? okumak|okuması ne_kadar|kaç_dakika sürer
            okuma süresi ne|nedir?
        """,
        "articles": """
            hangi|kaç|ne_tür OFFER var|biliyorsun|mevcut
            elinde|sende hangi|ne OFFER var
            OFFER neler|nelerdir
            bütün|tüm? makaleler|konular listele|göster?
            makaleleri|konuları listele|göster|say
            sana ne|neler|neyi sorabilirim
            ne|neler biliyorsun
        """,
        "sections": """
            DOC hangi|kaç|ne SECT var|içeriyor|bulunuyor
            DOC hangi|kaç SECT oluşuyor|ayrılmış|ayrılıyor
            hangi|kaç bölümler|bölüm|başlıklar|başlık var
            DOC? bölümleri|başlıkları|başlıklarını|bölümlerini|bölümler|başlıklar neler|nelerdir|listele
                |göster|say|yaz?
            DOC nasıl düzenlenmiş|yapılandırılmış|bölünmüş
            DOC? içindekiler tablosu|listesi?
            DOC yapısı ne|nedir|nasıl?
        """.replace("\n                |", "|"),
        "language": """
            DOC|IT? hangi dilde yazılmış|yazıldı?
            DOC dili ne|nedir?
        """,
        "mentions": """
            INSIDE? X ON INSIDE? SOMETHING var|geçiyor ASK?
            X INSIDE? geçiyor|bahsediliyor|anılıyor ASK INSIDE?
            INSIDE X geçiyor|bahsediliyor|anılıyor ASK
            DOC|IT X ON? SOMETHING? bahsediyor|değiniyor|söylüyor|anlatıyor ASK
            INSIDE? X ON INSIDE? bilgi|bölüm var ASK?
            X nerede geçiyor|bahsediliyor
        """,
    },
    polite_first="""
        merhaba|selam|hey|tamam|peki|ve|ama|bot|lütfen|pardon|ya
        iyi günler|akşamlar
        bana|bize lütfen?
        acaba|rica_etsem
    """,
    polite_last="""
        lütfen|teşekkürler|sağol|bot|şimdi|acaba|tam_olarak|sağ_ol
        teşekkür ederim
        verir|verebilir|söyler|söyleyebilir|yazar|yapar|yapabilir|misin|mısın|misiniz|mısınız
        istiyorum|lazım|alabilir_miyim
    """,
    giving_first="""
        bana|bize
        sadece|hızlıca
    """,
    asker="ben bana benim beni biz bize",
    numbers="bir iki üç dört beş altı yedi sekiz dokuz on",
)

CHINESE = RequestWords(
    has_blanks=False,
    macros={
        "THIS": "这|这个|这些|本|该|此|這|這個|這些|該",
        "NOUN": "文章|文本|文|页面|文档|内容|全文|原文|頁面|文檔|內容",
        "WEAK": "报告|书|文件|故事|論文|论文|報告|書",
        "DOC": "THIS? 篇|段|份|个|個? NOUN\nTHIS 篇|份|本? WEAK\nTHIS 篇|段?\n全文\n它",
        "IT": "它",
        "OF": "的|之",
        "GO": "一下|下|一遍",
        "COUNT": "DIGITS|一|两|三|四|五|六|七|八|九|十|几|兩|幾",
        "UNIT": "句话|句|点|个要点|个字|字|行|句話|點|個要點|段",
        "MANNER": "用? COUNT UNIT\n简单来说|简单地说|简单说|總的來說\n简单|简要|简短|简洁|概括地|簡單|簡要|簡短|简明\n一句话|一句話\n长话短说"
        "|简而言之|总之|總之|简言之|長話短說|簡而言之",
        "SUM": "总结|概括|概述|归纳|摘要|简述|总结出|總結|歸納|簡述|综述",
        "DIGEST": "总结|摘要|概要|概述|梗概|简介|大意|tldr|總結|簡介|简短版|小结|小結",
        "ESSENCE": "主要|重要|关键|核心|中心|重點|關鍵 内容|要点|观点|信息|思想|意思|主题|点|內容|要點"
        "|觀點|資訊\n要点|重点|主旨|大意|要點|重點|核心|主题|主題",
        "WHAT": "是什么|是啥|有哪些|是什麼|是甚麼|有什么|有什麼",
        "WHO": "谁|哪位|何人|誰|什么人",
        "ASK": "吗|嗎|没有|么",
    },
    templates={
        "summary": """
            MANNER? SUM GO? DOC? OF? ESSENCE? MANNER?
            MANNER? SUM GO? 关于|有关|關於? X OF? 部分|章节|那部分|一节|章節|内容
            把|将|將? DOC MANNER? SUM GO? 出来|成? MANNER?
            MANNER? SUM GO? X
            DOC? OF? 简短|简要|一个|一個|個? DIGEST WHAT?
            一个|给个|来个|來個|做个|给一个|写个|做一个|写一个|給個|做個|寫個? 简短|简要|快速? OF? DOC? OF? DIGEST
            DOC OF DIGEST
            DOC? OF? ESSENCE WHAT?
            DOC? 讲|说|写|谈|講|說|寫|談论? 了|的? 是? 什么|啥|什麼|甚麼 内容|內容?
            DOC 关于|關於 什么|什麼 的
            SUBJECT 讲|说|講 了|的? 是? 什么|啥|什麼
            MANNER 解释|说明|解釋|說明? GO? DOC?
            解释|解釋|说明 GO? DOC? 给? 我|像? 五岁|小孩|孩子|五歲 REST
            像 对|跟|給|给? 五岁|5岁|小孩|孩子|五歲 REST
            eli5 DOC?
            tldr REST
        """,
        "author": """
            DOC? OF? 是? WHO 写|著|创作|撰写|發表|发表|寫|創作|撰寫 的?
            WHO 写|寫 了|的? DOC
            DOC? OF? 作者 是? WHO|什么|什麼|叫什么|叫什麼? 名字?
            WHO 是 DOC? OF? 作者
            NAME OF? 作者 是 WHO
        """,
        "date": """
            DOC 是? 什么时候|何时|哪年|哪一年|几时|什麼時候|何時 写|发布|发表|出版|更新|寫|發布|發表 的?
            是? 什么时候|何时|什麼時候 写|发布|发表|寫|發布|發表 的
            DOC OF? 日期|发布日期|发表时间|写作时间|发布时间|發布日期|更新时间 WHAT?
            发布日期|发表日期|发布时间|發布日期
            DOC 有多旧|有多新|是最新的吗|过时了吗|是什么时候的|是哪年的
        """,
        "source": """
            DOC OF? 来自|出自|來自 哪里|哪|哪裡|何处|哪儿
            DOC? OF? 来源|出处|來源|出處|链接|鏈接|原文链接 WHAT?|在哪
            DOC 从哪里来|是哪里来的|哪来的
        """.replace("WHAT?|在哪", "WHAT|在哪?"),
        "length": """
            DOC 有? 多长|多少字|多少个字|几页|多長|多少頁|多少词
            DOC OF? 长度|字数|字數|長度 WHAT|是多少|多少?
            读完|读|看完|閱讀|阅读 DOC? 需要|要|得 多久|多长时间|多長時間
            字数|阅读时间|字數|閱讀時間 WHAT|是多少?
        """,
        "articles": """
            有? 哪些|什么|多少|几篇|什麼|幾篇 文章|主题|话题|主題|話題
            列出|显示|顯示 所有|全部? OF? 文章|主题|主題
            所有文章|文章列表|全部文章|文章目录
            我? 可以|能 问|問 你? 什么|些什么|什麼 问题?
            你? 知道|了解 什么|些什么|什麼
        """,
        "sections": """
            DOC 有|分为|分成|包含|包括|分為 哪些|几个|多少|什么|哪几个|幾個|几 章节|部分|章|标题|小标题|节
                |章節|標題
            有 哪些|几个|多少|幾個 章节|标题|小标题|章節|標題
            列出|显示|顯示 DOC? OF? 所有? 章节|部分|标题|目录|小标题|章節|標題|目錄
            DOC OF? 结构|章节|目录|标题|結構|章節|目錄|小标题 WHAT|是怎样的|如何?
            目录|章节|目錄|章節
            DOC 是? 怎么|如何|怎麼 组织|划分|构成|組織 的?
        """.replace("\n                |", "|"),
        "language": """
            DOC? 是? 用|以|什么|哪种? 什么|哪种|何种|什麼|哪種? 语言|语|語言 写|写成|寫? 的
            DOC OF? 语言|語言 WHAT
        """,
        "mentions": """
            DOC? 里|中|裡|里面|裡面? 有没有|有無|有沒有|是否有|是否|有? 提到|提及|谈到|讲到|說到|说到|談到 X ASK?
            DOC? 里|中|裡|里面|裡面? 有没有|有無|有沒有|是否有|有? 任何|什么? 关于|有关|關於|有關 X OF? 内容|信息|部分|內容|資訊|东西 ASK?
            DOC 提到|提及|谈到|讲到|談到|涉及 了|过? X 了? ASK
            DOC 里|中|裡? 提到|提及 没有|过? X ASK?
            X 有没有|有沒有|是否 被? 提到|提及
            有 关于|關於 X OF 内容|信息|部分|內容|东西? ASK
        """,
    },
    polite_first="你好|您好|嗨|请|請|麻烦|麻煩|请问|請問|那|那么|那麼|机器人|能不能|可以|能|可不可以|帮我|幫我|你能|你|给我|給我|我想要|我要|我想|快速|快",
    polite_last="谢谢|謝謝|吗|嗎|呢|吧|啊|好吗|好嗎|行吗|拜托|可以吗|呀|一下",
    giving_first="给我|給我|告诉我|告訴我|来一个|來一個|我需要|需要",
    asker="我 我们",
)

JAPANESE = RequestWords(
    has_blanks=False,
    macros={
        "THIS": "この|これ|本|当|ここ|こちら",
        "NOUN": "記事|文章|テキスト|ページ|本文|文書|内容|ドキュメント|全文",
        "WEAK": "報告書|本|レポート|資料|論文|物語|書類",
        "DOC": "THIS? の? NOUN 全体? の?\nTHIS の? WEAK\nこれ|全体|全部",
        "WA": "は|が|って|を|の|について|に|には|では|で|とは",
        "COUNT": "DIGITS|一|二|三|四|五|六|七|八|九|十",
        "UNIT": "文|行|点|つ|言|語|文字|項目|ポイント",
        "MANNER": "COUNT UNIT で|以内で?\n簡単に|簡潔に|短く|手短に|ざっくり|わかりやすく|分かりやすく|ざっと|一言で"
        "|ひとことで\n箇条書きで|要するに|つまり",
        "DO": "して|してください|してくれ|してくれる|してくれますか|してもらえますか|お願い|お願いします|を|ください"
        "|教えて|教えてください|ちょうだい|しろ|頼む|をお願いします|を教えて|を教えてください|をください|して欲しい"
        "|してほしい|できますか|できる|は何ですか|は何です|は何でしょう|は|は何|って何|を書いて|を作って",
        "DIGEST": "要約|まとめ|概要|要旨|あらすじ|サマリー|tldr|ダイジェスト|要点まとめ",
        "ESSENCE": "主な|重要な|主要な|大事な|中心的な ポイント|点|内容|考え|論点|事実\n要点|ポイント|要旨|趣旨"
        "|主題|テーマ|主旨|大意|核心|概略",
        "WHO": "誰|だれ|どなた|何者",
        "END": "ですか|なの|か|でしょうか|なんですか|です|ますか|の|んですか|たの|のですか|だ",
        "WRITE": "書いた|書きました|書いている|書かれた|作った|執筆した|作成した|公開した|書いてる",
        "WRITTEN": "書かれ|公開され|発表され|作成され|更新され|出版され|掲載され|執筆され",
        "TENSE": "た|ました|たの|たのですか|ましたか|たんですか|たのか|たか|ている|ていますか|たものですか",
    },
    templates={
        "summary": """
            DOC? WA? MANNER? DIGEST|ESSENCE DO?
            DOC? WA? MANNER? まとめて|まとめ|要約して|短くして DO|ください|くれ|くれる|もらえますか?
            X の部分|の章|のセクション|の箇所|のところ を? MANNER? 要約|まとめて|まとめ DO|ください|くれ?
            X について|に関する 部分|章|セクション|箇所? を|の? MANNER? 要約|まとめて|まとめ DO|ください|くれ?
            X の|を 要約|まとめて|まとめ|概要 DO|ください|くれ?
            DOC WA? 何|なに|なん|どんな内容 について|の話|の記事|に関する|を言って|を述べて|が書いて? いる|ある? の?
                END? END?
            何 について|の話|の記事 END? END?
            SUBJECT は何の話|は何について END? END?
            DOC? WA? 一番? 言いたいこと|重要なこと|大事なこと は|って? 何? END?
            DOC? WA? MANNER 説明|教えて|言うと|言えば|言って DO|ください?
            DOC? WA? 五歳児|5歳児|子供|子ども|5歳 に|でも REST
            MANNER
            eli5
            tldr REST
        """.replace("\n                E", " E"),
        "author": """
            WHO が|が、? DOC? を? WRITE END? END?
            DOC WA WHO が|に|によって? WRITE|WRITTEN TENSE? END? END?
            DOC? WA? 著者|筆者|作者|執筆者|書き手 は|って? WHO? END? END?
            DOC? WA? 著者名|作者名 は|を? 教えて|何|なん? END?
            NAME WA? 著者|筆者|作者 は WHO END? END?
            WHO の記事 END?
        """,
        "date": """
            DOC? WA? いつ|何年に|いつ頃|何年 に? WRITTEN TENSE END?
            いつ WRITTEN TENSE の? 記事|文章|もの END? END?
            DOC WA? いつ の|のもの|の記事|のもの END? END?
            DOC WA? 日付|公開日|作成日|発表日|更新日|発行日 は? いつ|何|教えて? END?
            公開日|作成日|更新日|発行日 は? いつ? END?
            DOC WA? どのくらい|どれくらい 古い|新しい END? END?
            DOC WA? 最新|古い|新しい END?
        """,
        "source": """
            DOC WA? どこ から|の|で 来た|もの|引用|公開された|来ました? の? END? END?
            DOC? WA? 出典|ソース|情報源|引用元|元記事|リンク は? 何|どこ|教えて? END? END?
        """,
        "length": """
            DOC WA? どのくらい|どれくらい|どれぐらい の? 長さ|長い END? END?
            DOC? WA? 何 文字|字|ページ|語|単語 ある|あります|です? END? END?
            DOC? WA? 長さ|文字数|字数|語数 は? どのくらい|どれくらい|何|いくつ|教えて? END? END?
            DOC? WA? 読む|読み終わる の に どのくらい|どれくらい|何分 かかる|かかり|かかります? END? END?
            読了時間|所要時間 は? END?
        """,
        "articles": """
            どんな|どの|何の|いくつの 記事|トピック|話題|テーマ|文章 が? ある|あります|知って|持って? いる|います|か|の? END?
            記事 は? 何|いくつ|何本|どんなもの? が? ある|あります? END? END?
            記事|記事一覧|トピック|記事のリスト|すべての記事|全記事|話題 を? 見せて|表示|一覧|リスト|教えて? DO|ください?
            何 を|が? 質問 できる|できます|していい END? END?
            何 を 知って いる|います|る END? END?
        """,
        "sections": """
            DOC WA? どんな|いくつの|何個の|どの セクション|章|見出し|節|部分 が|に? ある|あります|分かれている|分かれて|いる? END?
            DOC WA? セクション|章|見出し|節|構成|構造|目次 は|を|の一覧|一覧を? 何|いくつ|教えて|見せて|どう|列挙|リスト?
                DO|ください|なって? いる|います? END? END?
            目次|見出し|章立て|セクション一覧 を? 見せて|教えて|表示? DO|ください?
            どんな|いくつの 見出し|セクション|章 が? ある|あります END?
            DOC WA? どのように|どう 構成|分か|分割 され|れ て|って いる|います END?
        """.replace("\n                D", " D"),
        "language": """
            DOC? WA? 何語|なにご|どの言語|何の言語 で? 書かれて|書いて|書かれ? いる|います|た|ある? END? END?
            DOC WA? 言語 は 何 END? END?
        """,
        "mentions": """
            DOC? に|には|で|では? X について|に関する|に関して|のこと の|は|も|が? 何か? こと|情報|記述|部分|言及|話|内容|もの? は|が|も? 書かれて
                |書いて|ある|あります|触れて|言及して|載って|出て いる|います|ある|あります|い? ます? END? END?
            DOC は|には|で|に|では X に|は|が|を|も 言及|触れて|出て|登場|載って|書かれて|紹介 し|され? て? いる|います|くる|きます|する|します
                END? END?
            X は|が? 言及|記載|紹介 されて|して いる|います END? END?
        """.replace("\n                |", "|").replace("\n                E", " E"),
    },
    polite_first="こんにちは|こんばんは|おはよう|すみません|ねえ|はい|では|じゃあ|それで|ボット|ちょっと|あの|えっと|どうか",
    polite_last="ください|お願いします|お願い|ありがとう|ありがとうございます|か|ね|よ|くれ|くれる|くれますか|くれませんか",
    giving_first="私に|ちょっと|簡単な|短い|早く",
    asker="私 僕 俺",
)

KOREAN = RequestWords(
    has_blanks=False,
    macros={
        "THIS": "이|이것|이거|본|해당|여기",
        "NOUN": "기사|글|문서|텍스트|페이지|본문|내용|게시물|글들|문서들",
        "WEAK": "보고서|책|자료|이야기|논문",
        "DOC": "전체? THIS? NOUN 전체?\nTHIS WEAK\n이거|이것|전체|전부",
        "JOSA": "은|는|이|가|을|를|의|에|에서|에는|도|좀|에대해|로|으로",
        "COUNT": "DIGITS|한|두|세|네|다섯|여섯|일곱|여덟|아홉|열|몇",
        "UNIT": "문장|줄|가지|단어|마디|개|포인트",
        "MANNER": "COUNT UNIT 으로|로|만? 만?\n간단히|간단하게|짧게|간략히|간략하게|쉽게|요약해서|간결하게|한마디로"
        "\n요컨대|한줄로",
        "DO": "해|해줘|해주세요|해줄래|해줄수있어|해줄수있나요|줘|주세요|부탁해|부탁합니다|좀|해봐|해라|알려줘|알려주세요"
        "|해줘요|해달라|은|는|이뭐야|뭐야|은뭐야|써줘|해주실래요|하자|만|부탁드려요|보여줘|을알려줘|를알려줘|해줄래요",
        "DIGEST": "요약|요약본|요약문|개요|줄거리|tldr|요지|서머리",
        "ESSENCE": "주요|중요한|핵심|중심 내용|포인트|점|생각|사실|정보|아이디어|주제|메시지\n핵심|요점|요지"
        "|주제|포인트|골자",
        "WHO": "누가|누구|누구가",
        "WHAT": "뭐야|무엇인가요|뭐|무엇|뭐니|뭔가요|뭐에요|뭐예요|무엇이야|뭐임|뭔데|뭐지",
        "END": "야|니|나|인가|나요|인가요|어|어요|지|죠|습니까|까|요|은|는|임|가요|거야|건가요|건지|음|냐",
        "WROTE": "썼|작성했|쓴|작성한|썼는|만들었|만든|쓰|적었|발행했",
        "WRITTEN": "작성됐|작성되었|쓰였|쓰여졌|게시됐|게시되었|발행됐|발행되었|나왔|작성된|쓰여진|쓰인|발행된|업데이트됐"
        "|업데이트되었|나온|썼|쓴",
        "ABOUT": "에대해|에대한|에관한|에관해|관련|에대해서|에관련된|관련된",
    },
    templates={
        "summary": """
            DOC? JOSA? MANNER? 짧은|간단한|간략한? DIGEST JOSA? MANNER? DO?
            DOC? JOSA? MANNER? 요약해|정리해|줄여 줘|주세요|줄래|줄수있어|줄수있나요|봐|주실래요|줘요?
            X 부분|섹션|장|대목|단락|파트 JOSA? MANNER? 요약|정리 DO?
            X ABOUT 부분|섹션|장|내용? JOSA? MANNER? 요약|정리 DO?
            X JOSA? MANNER? 요약 DO
            DOC JOSA? 무슨|어떤|뭐에|무엇에|무엇|뭔 대한|관한|내용|이야기|얘기|대해? 글|거|것|내용? 을? 말하|다루|말하고? 이|있? END? END?
            무슨|어떤 내용|이야기|얘기 END END?
            DOC JOSA? ESSENCE 은|는|이|가|을|를? WHAT? DO?
            ESSENCE 은|는|이|가|을|를|만|이뭐야? WHAT? DO?
            SUBJECT 은|는|이? 무슨내용|무슨얘기 END? END?
            DOC? JOSA? MANNER 설명|말 DO
            DOC? JOSA? 다섯살|5살|아이|어린이 REST
            MANNER
            eli5
            tldr REST
        """,
        "author": """
            DOC? JOSA? WHO WROTE END? END?
            WHO DOC JOSA? WROTE END? END?
            DOC? JOSA? 저자|작성자|글쓴이|필자|작가 은|는|가|이? 누구? END? END? END?
            DOC? JOSA? 저자|작성자|글쓴이 이름 은|는|이? WHAT|알려줘? END?
            NAME JOSA? 저자|글쓴이|작성자 은|는|가 누구 END? END?
        """,
        "date": """
            DOC? JOSA? 언제|몇년에|몇년도에 WRITTEN END? END?
            DOC JOSA? 언제 거|것|글|기사? END? END?
            DOC JOSA? 날짜|작성일|게시일|발행일 은|는|가|이? 언제|WHAT|알려줘? END? END?
            작성일|게시일|발행일|작성날짜 은|는|이? 언제? END? END?
            DOC JOSA? 얼마나 오래|최신|최근 됐|된|되었? END? END?
            DOC JOSA? 최신 END? END?
        """,
        "source": """
            DOC JOSA? 어디 에서|서|에? 온|나온|가져온|나왔|왔|실렸|발행됐? 거|것? END? END?
            DOC? JOSA? 출처|원문|링크|원본 은|는|가|이? 어디|WHAT|알려줘|뭔가요? END? END?
        """,
        "length": """
            DOC JOSA? 얼마나 길|긴 END? END?
            DOC JOSA? 몇 단어|글자|페이지|쪽|문장|자 END? END?
            DOC? JOSA? 길이|글자수|단어수|분량 은|는|가|이? 얼마나|어떻게|얼마|몇? 되|돼|알려줘? END? END?
            DOC? JOSA? 읽는데 얼마나|몇분|얼마 걸려|걸리|걸릴? END? END?
        """,
        "articles": """
            어떤|무슨|몇개의|몇 기사|글|주제|문서|토픽 들? JOSA? 있|알고있|개있 END? END?
            기사|글|주제|문서 가|는|이|은 몇|뭐|어떤것 개|들? 이|가? 있? END? END?
            기사|글|문서|주제 들? 목록|리스트 을|를? 보여줘|알려줘|줘?
            모든? 기사|글|주제 들? 을|를? 나열|보여|열거 해|줘? 줘?
            뭘|무엇을|뭐 물어볼|질문할 수있 END? END?
            뭘|무엇을 알 고있? END? END?
        """,
        "sections": """
            DOC JOSA? 어떤|몇개의|무슨|몇 섹션|장|부분|제목|소제목|목차|챕터 들? JOSA? 있|구성되|나뉘|개있 어있? END? END?
            DOC JOSA? 섹션|장|소제목|목차|구성|구조|제목들|챕터 들? 은|는|을|를|이|가? WHAT|알려줘|보여줘|나열해줘|어떻게돼|어때? END?
            목차|소제목|섹션|챕터 들? 을|를|은|는? 보여줘|보여|알려줘|알려|나열해줘|WHAT?
            DOC JOSA? 어떻게 구성|나뉘|짜여|되 되|어|돼? 있|져있? END? END?
        """,
        "language": """
            DOC? JOSA? 무슨|어떤|어느 언어|말|나라말 로|으로? 쓰여|쓰|써|작성|되|돼? 였|여|있|어있|되었|졌|된|돼? END? END?
            DOC JOSA? 언어 는|가 WHAT
        """,
        "mentions": """
            DOC? JOSA? X ABOUT 내용|언급|이야기|얘기|정보|부분|것|말|무언가|뭔가? JOSA? 있|나와|나오|언급하|다루|언급되|말하|나와있 END END?
            DOC JOSA X JOSA? 언급|나오|나와|다루|등장 하|되|돼|해|된? 있|고있? END? END?
            X JOSA? 언급 되|돼|된 어? 있? END? END?
        """,
    },
    polite_first="안녕|안녕하세요|저기|음|그럼|그리고|봇|혹시|제발|부탁인데|좀",
    polite_last="주세요|부탁해|부탁합니다|고마워|감사합니다|요|줄래|줘|제발|좀",
    giving_first="나에게|저에게|내게|빨리|그냥|짧은|간단한",
    asker="나 저 내",
)
