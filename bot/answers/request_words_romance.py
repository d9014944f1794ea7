"""How people ask for a summary, and about the articles themselves, in Romance languages.

The lines are templates (``request_templates``): French, Spanish, Portuguese and Italian.
"""

from bot.answers.request_model import RequestWords

FRENCH = RequestWords(
    macros={
        "DET": "le|la|les|l|un|une|des|du|de|d|votre|ton|ta|tes|vos|mon|ma|tout|toute|entier|complet",
        "THIS": "ce|cet|cette|ces|ceci|ici",
        "NOUN": "article|articles|texte|textes|page",
        "WEAK": "rapport|document|livre|histoire|guide|manuel|récit|essai",
        "DOC": "DET* NOUN entier|complet?\nTHIS NOUN|WEAK\nDET* WEAK\nTHIS\ntout ça|cela?\nça",
        "TITLED": "DET* NOUN|WEAK sur|à_propos_de|intitulé DET* NAME",
        "IT": "il|elle|l",
        "THAT": "le|l|la|cela",
        "PART": "partie|section|chapitre|passage|paragraphe",
        "ON": "sur|de|du|des|d|concernant|à_propos|à_propos_de|au_sujet|au_sujet_de|qui_parle"
        "|qui_traite",
        "COUNT": "DIGITS|une|un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix",
        "UNIT": "phrase|phrases|points|mots|lignes|puces|tirets",
        "MANNER": """
            en COUNT|quelques courtes? UNIT
            en bref|gros|résumé|clair|quelques_mots|un_mot
            en termes simples
            avec des mots simples
            sous forme de liste|points
            simplement|brièvement|rapidement
            bref
        """,
        "DIGEST": "résumé|résumés|resume|synthèse|tldr|version_courte|compte_rendu|abrégé|récap"
        "|récapitulatif|condensé",
        "ADJ": "DET|petit|petite|court|courte|rapide|bref|brève|simple|bon|juste|me|moi",
        "ESSENCE": """
            points|idées|faits|informations|idée|point|message|arguments|thème essentiels|principaux
                |clés|clé|importants|principales|principale|principal|importantes|essentielles|central
            principaux|principales points|idées|faits|arguments|informations|thèmes
            essentiel|idée_générale|grandes_lignes|quintessence|ce_qu_il_faut_retenir|à_retenir
            plus important
            vue d ensemble
            aperçu
        """.replace("\n                |", "|"),
        "AUTHOR": "auteur|auteurs|autrice|auteure|rédacteur|rédacteurs|rédactrice",
        "WROTE": "écrit|rédigé|publié|fait|créé|signé|posté",
        "DATED": "écrit|rédigé|publié|paru|mis_à_jour|posté|écrite|rédigée|publiée|écrits|actualisé",
        "SECT": "sections|chapitres|parties|titres|rubriques|intertitres|sous_titres|paragraphes",
        "SECTION": "sections|chapitres|intertitres|rubriques",
        "OFFER": "articles|textes|sujets|documents|thèmes",
        "SOMETHING": "quelque_chose|des_informations|des_infos|une_partie|une_section|un_passage|un_mot"
        "|un_chapitre|une_mention|rien",
        "INSIDE": "ici|là|dedans|là_dedans\ndans DOC",
        "ASK": "est_ce_que|est_ce_qu|est_ce|que",
        "IS": "est|sont|était|c_est|est_ce",
        "THERE": "y_a_t_il|il_y_a|y_a|y_a_t|existe_t_il|t_il|trouve_t_on|on_trouve",
    },
    templates={
        "summary": """
            ADJ* DIGEST ADJ* MANNER?
            ADJ* DIGEST de|du|d|sur|des? DOC|THAT MANNER?
            ADJ* DIGEST de|du|d|sur? DET* PART ON DET* X MANNER?
            ADJ* DIGEST de|du|d|sur|des DET* X MANNER?
            résume|résumer|résumez|synthétise|synthétiser|résumes|récapitule moi|nous|me? DOC|THAT? MANNER?
            le|l résumer MANNER?
            résume|résumer|résumez moi|nous? DET* PART ON DET* X MANNER?
            résume|résumer|résumez moi|nous? DET* X MANNER?
            de quoi parle|traite|s_agit|il_s_agit|est_il_question|ça_parle t? il|elle? DOC?
            de quoi ASK? DOC|IT parle|traite
            de quoi parle|traite DET* SUBJECT
            DOC parle|ça_parle de_quoi
            c est quoi ADJ* DIGEST|ESSENCE|sujet|thème? de|du|d? DOC?
            quel|quels|quelle|quelles IS ADJ* DIGEST|ESSENCE|sujet_principal|sujet|thème de|du|d? DOC?
            que dit|raconte DOC
            qu est ce que dit|raconte DOC
            qu y a t il dans DOC
            ADJ* ESSENCE MANNER?
            ADJ* ESSENCE de|du|d|dans DOC
            explique|expliquer|expliquez moi|me|le|l* DOC? MANNER
            explique|expliquer|expliquez moi|me|le|l* DOC? comme_si|comme_à|comme|pour REST
            MANNER
            DOC MANNER
            MANNER DOC
            tldr|eli5 REST
        """,
        "author": """
            qui a|ont|est_ce_qui_a|avait DOC|TITLED WROTE
            qui a|est_ce_qui_a|l_a WROTE DOC|TITLED
            qui l a écrit|rédigé
            qui a écrit|rédigé DET* NAME
            qui IS|en_est DET* AUTHOR
            qui IS DET* AUTHOR de|du|d? DOC|TITLED
            de|par qui est|a_été|vient DOC|TITLED|IT écrit|rédigé?
            par qui DOC|IT a_t_il_été|a_été|est WROTE
            DET* AUTHOR
            DET* AUTHOR de|du|d? DOC|TITLED
            DET* nom de|du|d? DET* AUTHOR
            quel est le? nom de|du|d? DET* AUTHOR
        """,
        "date": """
            quand a|est|fut|ont|ASK DOC|TITLED a_été|a_t_il_été|est_il|été|est? DATED
            quand a été DATED DOC|TITLED
            quand a_t_il|a_t_elle été écrit|publié|rédigé|écrite|publiée
            de quand date|datent|est|sont DOC|TITLED|t_il
            DOC date|est de_quand
            à quelle date DOC a_été|a_t_il_été|est DATED
            à quelle date a été DATED DOC
            de quelle année|date est|date DOC
            DET* date de|du|d? DOC|TITLED
            DET* date de publication|parution de|du|d? DOC?
            quelle est la date de|du|d? publication? de|du|d? DOC?
            DOC est_il|est|sont récent|à_jour|vieux|actuel|ancien
            est ce que DOC est récent|à_jour|vieux|actuel|ancien
        """,
        "source": """
            d où|ou vient|viennent|provient|sort|est_tiré|sortent DOC|TITLED
            DET* source|sources|lien|origine
            DET* source|sources|lien|origine de|du|d|vers? DOC|TITLED
            quelle|quelles est|sont|c_est ta|la|les|tes|votre|vos source|sources de|du|d? DOC?
            de quel journal|site|livre vient|provient|est_tiré DOC
        """,
        "length": """
            combien de mots|pages|phrases|caractères y_a_t_il|contient|compte|a|fait|ont dans? DOC|TITLED
            DOC fait_combien|contient_combien|compte_combien de? mots|pages|caractères
            quelle est la longueur|taille de|du|d? DOC|TITLED
            DET* longueur de|du|d? DOC|TITLED
            combien de temps faut_il|ça_prend|prend|pour pour? lire? DOC? lecture?
            temps|durée de lecture de|du|d? DOC?
            nombre de mots de|du|d? DOC?
            est ce que DOC est long
        """,
        "articles": """
            quels|quelles|combien_d|combien_de OFFER THERE|as_tu|avez_vous|sont_disponibles|connais_tu
                |existe* ici?
            quels sont les|tes OFFER disponibles?
            liste|montre|affiche|donne moi? de? tous? les OFFER disponibles?
            liste de|des OFFER
            tous? les? articles|sujets
            de|sur quoi puis_je|peux_tu|je_peux|est_ce_que_je_peux te? demander|parler|poser_des_questions
            que sais tu
        """.replace("\n                |", "|"),
        "sections": """
            quelles|quels|combien_de SECT THERE|contient|a|compte|comporte|y_a_t_il dans? DOC|IT|TITLED
            quelles|quels|combien_de SECTION THERE|contient_t_il
            quels|quelles IS les SECT de|du|d|dans DOC|TITLED
            quels|quelles IS les SECTION
            liste|montre|donne|énumère|cite moi|nous? les? SECT de|du|d|dans DOC|TITLED
            liste|montre|donne|énumère|cite moi|nous? les? SECTION
            comment est|sont DOC|TITLED structuré|organisé|divisé|construit|composé|découpé
            comment est|sont structuré|organisé|divisé|construit DOC
            comment DOC est_il|est structuré|organisé|divisé|construit
            DET* SECTION|table_des_matières|sommaire|plan_de_l_article
            DET* SECT|structure|sommaire|plan|table_des_matières de|du|d? DOC|TITLED
            quelle est la structure de|du|d? DOC
        """,
        "language": """
            en|dans quelle langue est|sont|a_été DOC|TITLED|IT écrit|rédigé?
            en|dans quelle langue est|sont écrit|rédigé DOC
            en quelle langue DOC est_il|est écrit|rédigé?
            quelle est la langue de|du|d? DOC
            DOC est_il|est en français|anglais
        """,
        "mentions": """
            ASK* THERE INSIDE? SOMETHING INSIDE? ON DET* X INSIDE?
            ASK* DOC|TITLED|IT parle|mentionne|évoque|traite|aborde ON* DET* X
            DOC parle|mentionne|évoque|aborde t? il|elle ON* DET* X
            parle|mentionne|évoque t on|il|elle ON* DET* X
            ASK* DET* X est|sont|est_il|est_elle mentionné|mentionnée|évoqué|abordé|mentionnés|cité INSIDE?
            ASK* DOC|IT dit|contient|dit_il SOMETHING ON DET* X
            quelque_chose INSIDE? sur|à_propos DET* X INSIDE?
            où|dans_quelle_partie|dans_quelle_section est|parle_t_on|il_est_question|on_parle ON* DET* X
                mentionné|évoqué|abordé?
            il est question ON DET* X INSIDE?
        """.replace("\n                m", " m"),
    },
    polite_first="""
        salut|bonjour|bonsoir|hello|coucou|hey|ok|alors|et|mais|aussi|bot|pardon|stp|svp|donc|euh
        s il te|vous plaît|plait
        peux|pourrais|peut|pouvez|pourriez|veux tu|vous|quelqu_un|on me|nous?
        tu|vous peux|pourrais|peut|pouvez me|nous?
        sais|savez tu|vous
        dis|dites moi
        est_ce_que_tu|tu peux|pourrais|sais me|m|nous?
    """,
    polite_last="""
        stp|svp|merci|bot|please|exactement|au_juste|déjà|maintenant|rapidement
        s il te|vous plaît|plait
        merci beaucoup|d_avance
        pour moi|nous
    """,
    giving_first="""
        donne|fais|donnez|faites|montre|écris|donner|faire|faites|envoie moi|nous|me?
        je|j voudrais|veux|aimerais|ai_besoin|peux_avoir|besoin avoir|d|de|savoir|juste*
        as tu
        il y a
        y a t il
        juste|vite|besoin_d|besoin_de
        me|nous donner|faire|dire
    """,
    asker="je j moi me m mon ma mes nous notre suis",
    numbers="une deux trois quatre cinq six sept huit neuf dix",
)

SPANISH = RequestWords(
    macros={
        "DET": "el|la|los|las|un|una|del|tu|tus|su|mi|todo|toda|entero|completo|lo",
        "THIS": "este|esta|estos|estas|esto|aquí|aqui|ese|esa|eso",
        "NOUN": "artículo|artículos|texto|textos|página|nota",
        "WEAK": "informe|documento|libro|historia|guía|manual|ensayo|reporte",
        "DOC": "DET* NOUN entero|completo?\nTHIS NOUN|WEAK\nDET* WEAK\nTHIS\ntodo esto|eso?",
        "TITLED": "DET* NOUN|WEAK sobre|de|del|titulado DET* NAME",
        "IT": "él|ello|lo",
        "THAT": "lo|ello",
        "PART": "parte|sección|capítulo|apartado|párrafo|fragmento",
        "ON": "sobre|de|del|acerca_de|acerca_del|con|respecto_a|que_habla_de|que_trata_de",
        "COUNT": "DIGITS|una|un|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez",
        "UNIT": "frase|frases|oración|oraciones|puntos|palabras|líneas|viñetas",
        "MANNER": """
            en COUNT|pocas|unas_pocas|unas_cuantas UNIT
            en resumen|breve|corto|pocas_palabras|síntesis
            con palabras sencillas|simples
            en términos sencillos|simples
            como|en_forma_de lista|puntos
            de forma|manera sencilla|simple|breve
            brevemente|simplemente|resumidamente
        """,
        "DIGEST": "resumen|resúmenes|síntesis|tldr|versión_corta|resumencito|sinopsis|resumido",
        "ADJ": "DET|breve|corto|corta|rápido|pequeño|simple|buen|sencillo|me|solo",
        "ESSENCE": """
            puntos|ideas|datos|hechos|idea|punto|mensaje|tema|aspectos|argumentos principales|clave
                |principal|importantes|central|esenciales|claves|más_importantes
            principales puntos|ideas|datos|argumentos
            esencial|esencia|más_importante|idea_general|visión_general|lo_esencial|conclusiones_clave
        """.replace("\n                |", "|"),
        "AUTHOR": "autor|autora|autores|escritor|escritora|redactor",
        "WROTE": "escribió|escrito|redactó|publicó|hizo|creó|redactado|publicado|firma",
        "DATED": "escribió|escrito|publicó|publicado|redactó|actualizó|actualizado|escrita|publicada"
        "|redactado",
        "SECT": "secciones|capítulos|partes|apartados|títulos|encabezados|subtítulos",
        "SECTION": "secciones|capítulos|apartados|encabezados|subtítulos",
        "OFFER": "artículos|textos|temas|documentos",
        "SOMETHING": "algo|información|alguna_información|una_parte|una_sección|un_capítulo|alguna_mención"
        "|un_apartado|datos|algún_dato|alguna_cosa",
        "INSIDE": "aquí|ahí|dentro\nen DOC",
    },
    templates={
        "summary": """
            ADJ* DIGEST ADJ* MANNER?
            ADJ* DIGEST de|del|sobre DOC|THAT MANNER?
            ADJ* DIGEST de|del|sobre DET* PART ON DET* X MANNER?
            ADJ* DIGEST de|del|sobre DET* X MANNER?
            resume|resumir|resumes|resuma|resumen|resúmeme|resumeme|resumirme|sintetiza|sintetizar
                |resúmelo|resumelo|resumirlo|resumas DOC|THAT? MANNER?
            resume|resumir|resumes|resuma|resúmeme|resumeme DET* PART ON DET* X MANNER?
            resume|resumir|resumes|resuma|resúmeme|resumeme DET* X MANNER?
            de qué trata|va|habla|se_trata DOC|IT?
            de qué trata|va DET* SUBJECT
            sobre qué trata|es|va DOC
            qué dice|cuenta DOC
            cuál|cuáles|qué es|son ADJ* DIGEST|ESSENCE
            cuál|cuáles|qué es|son ADJ* DIGEST|ESSENCE de|del|en DOC
            ADJ* ESSENCE MANNER?
            ADJ* ESSENCE de|del|en DOC
            explica|explícame|explicame|explícamelo|explicamelo|explicar|explicarme DOC? MANNER
            explica|explícame|explicame|explícamelo|explicamelo|explicar DOC? como_si|como_a|como|para
                REST
            MANNER
            DOC MANNER
            MANNER DOC
            tldr|eli5 REST
        """.replace("\n                |", "|").replace("\n                R", " R"),
        "author": """
            quién|quien|quiénes|quienes lo? WROTE DOC|TITLED
            quién|quien lo? escribió|redactó
            quién|quien ha|lo_ha|había escrito DOC|TITLED?
            quién|quien escribió DET* NAME
            quién|quien|quiénes|quienes es|son|fue DET* AUTHOR
            quién|quien|cuál es|son|fue DET* AUTHOR de|del DOC|TITLED
            de|por quién|quien es|fue|está DOC|TITLED|IT? escrito?
            DET* AUTHOR
            DET* AUTHOR de|del DOC|TITLED
            DET* nombre de|del DET* AUTHOR
            cómo se llama DET* AUTHOR
            cuál es el? nombre de|del DET* AUTHOR
        """,
        "date": """
            cuándo|cuando se|fue|ha_sido|es|está DATED DOC|TITLED
            cuándo|cuando fue|ha_sido? DOC DATED
            cuándo|cuando se|fue escribió|escrito|publicó|publicado
            de cuándo|cuando|qué_año|qué_fecha es|data DOC|TITLED
            qué antigüedad tiene DOC
            en qué fecha|año se? fue? DATED DOC
            DET* fecha de|del DOC|TITLED
            DET* fecha de publicación|actualización de|del? DOC?
            cuál|qué es la? fecha de publicación? de|del? DOC?
            es|está DOC actual|reciente|actualizado|viejo|antiguo
        """,
        "source": """
            de dónde|donde viene|es|procede|sale|salió|sacaste|proviene DOC|TITLED
            DET* fuente|fuentes|enlace|origen
            DET* fuente|fuentes|enlace|origen de|del|al DOC|TITLED
            cuál|cuáles|qué es|son tu|la|las|tus fuente|fuentes de|del? DOC?
            de qué periódico|sitio|web|libro|fuente viene|es|procede DOC
            dónde se publicó DOC
        """,
        "length": """
            cuántas|cuántos palabras|páginas|frases|caracteres|oraciones tiene|hay|son|contiene en?
                DOC|TITLED
            cómo|qué_tan de? largo|extenso es DOC|TITLED
            cuánto mide|dura DOC
            DET* longitud|extensión|largo de|del DOC
            cuánto tiempo? se? tarda|lleva|toma|se_tarda en? leer DOC|lo?
            tiempo de lectura de|del? DOC?
            número de palabras de|del? DOC?
        """.replace("\n                D", " D"),
        "articles": """
            qué|cuáles|cuántos OFFER hay|tienes|existen|conoces|tenéis|están aquí|disponibles*
            cuáles son los|tus OFFER disponibles?
            lista|listar|muestra|muéstrame|dame|enumera|nombra de? todos? los? OFFER
            todos? los? artículos|temas
            sobre|de qué puedo|te_puedo preguntar|preguntarte|hablar
            qué sabes
            qué puedo preguntar|preguntarte
        """,
        "sections": """
            qué|cuáles|cuántas|cuántos SECT tiene|hay|contiene|son en|de|del? DOC|IT|TITLED
            qué|cuáles|cuántas|cuántos SECTION hay|tiene
            cuáles son las|los SECT de|del|en DOC|TITLED
            cuáles son las|los SECTION
            cómo se llaman las|los SECT
            lista|listar|muestra|muéstrame|dame|enumera|nombra las|los? SECT de|del|en DOC|TITLED
            lista|listar|muestra|muéstrame|dame|enumera|nombra las|los? SECTION
            cómo está|se estructurado|organizado|dividido|estructura|organiza|divide DOC|TITLED|IT?
            en qué SECT se_divide|está_dividido DOC|IT?
            las|los? SECTION|índice|tabla_de_contenidos|índice_de_contenidos
            DET* SECT|estructura|índice de|del DOC|TITLED
            cuál es la? estructura de|del DOC
        """,
        "language": """
            en qué|cuál idioma|lengua está|es|fue DOC|TITLED|IT? escrito|redactado?
            en qué idioma está escrito DOC
            cuál|qué es el? idioma de|del DOC
            DOC está en español|inglés
        """,
        "mentions": """
            hay|existe INSIDE? SOMETHING INSIDE? ON DET* X INSIDE?
            se? menciona|habla|trata|aborda|cita|nombra DOC|TITLED ON* DET* X
            DOC|TITLED habla|menciona|trata|aborda|cita|nombra ON* DET* X
            se menciona|habla|nombra|cita INSIDE? a? ON* DET* X INSIDE?
            DET* X se_menciona|es_mencionado|está_mencionado|aparece|se_nombra INSIDE?
            aparece|aparecen DET* X INSIDE
            dice|tiene|contiene|cuenta DOC|TITLED SOMETHING ON DET* X
            DOC|TITLED dice|tiene|contiene SOMETHING ON DET* X
            dice algo ON DET* X
            algo|información INSIDE? sobre|acerca_de DET* X INSIDE?
            dónde|en_qué_parte|en_qué_sección se menciona|habla|trata ON* DET* X
        """,
    },
    polite_first="""
        hola|buenas|oye|ok|vale|bueno|y|pero|también|bot|perdón|perdona|entonces|pues|porfa|ey
        buenos|buenas días|tardes|noches
        por favor
        me|nos? puedes|podrías|puede|podría|pueden|podéis|podrían
        puedes|podrías|puede|podría|alguien me|nos?
        sabes|sabe|sabéis alguien?
        dime|dinos|decirme
    """,
    polite_last="""
        porfa|gracias|bot|porfavor|ahora|exactamente|rápido|rápidamente|plis|pls
        por favor|fa
        muchas gracias
        para mí|nosotros|mi
    """,
    giving_first="""
        dame|haz|hazme|muéstrame|escribe|escríbeme|danos|dar|darme|hacer|hacerme|mándame
        quiero|necesito|quisiera|me_gustaría|busco saber|tener|ver|un|solo*
        tienes
        hay
        solo|rápido
    """,
    asker="yo me mi mis mí nos nuestro nuestra tengo estoy soy",
    numbers="una dos tres cuatro cinco seis siete ocho nueve diez",
)

PORTUGUESE = RequestWords(
    macros={
        "DET": "o|a|os|as|um|uma|do|da|seu|sua|teu|tua|meu|todo|toda|inteiro|completo",
        "THIS": "este|esta|isto|isso|esse|essa|aqui|deste|desta|desse|dessa|disto|disso|neste|nesse"
        "|nesta|nessa",
        "NOUN": "artigo|artigos|texto|textos|página|matéria",
        "WEAK": "relatório|documento|livro|história|guia|manual|ensaio",
        "DOC": "DET* NOUN inteiro|todo|completo?\nTHIS NOUN|WEAK\nDET* WEAK\nTHIS\ntudo isto|isso?",
        "TITLED": "DET* NOUN|WEAK sobre|intitulado DET* NAME",
        "IT": "ele|ela",
        "THAT": "o|lo",
        "PART": "parte|seção|secção|capítulo|trecho|parágrafo",
        "ON": "sobre|de|do|da|dos|das|acerca_de|acerca_do|com|a_respeito_de|a_respeito_do|que_fala_de",
        "OF": "de|do|da|deste|desta|dos|das|no|na|sobre|em",
        "COUNT": "DIGITS|uma|um|duas|dois|três|quatro|cinco|seis|sete|oito|nove|dez",
        "UNIT": "frase|frases|pontos|palavras|linhas|tópicos|sentença",
        "MANNER": """
            em COUNT|poucas|algumas UNIT
            em resumo|suma|breve|poucas_palavras|síntese
            em|com palavras|termos simples
            de forma|maneira simples|breve
            como lista
            resumidamente|brevemente|simplesmente
        """,
        "DIGEST": "resumo|resumos|síntese|tldr|versão_curta|resuminho|sinopse",
        "ADJ": "DET|breve|curto|curta|rápido|pequeno|simples|bom|me|só",
        "ESSENCE": """
            pontos|ideias|fatos|factos|ideia|ponto|mensagem|tema|argumentos|aspectos principais|chave
                |principal|importantes|central|essenciais|mais_importantes
            principais pontos|ideias|fatos|factos|argumentos
            essencial|essência|mais_importante|ideia_geral|visão_geral
        """.replace("\n                |", "|"),
        "AUTHOR": "autor|autora|autores|escritor|escritora|redator",
        "WROTE": "escreveu|escrito|redigiu|publicou|fez|criou|redigido|publicado",
        "DATED": "escrito|publicado|redigido|atualizado|escrita|publicada|atualizada",
        "SECT": "seções|secções|capítulos|partes|títulos|tópicos|subtítulos|cabeçalhos",
        "SECTION": "seções|secções|capítulos|subtítulos|cabeçalhos",
        "OFFER": "artigos|textos|temas|documentos|assuntos",
        "SOMETHING": "algo|alguma_coisa|informação|informações|alguma_informação|uma_parte|uma_seção"
        "|um_capítulo|alguma_menção|qualquer_coisa",
        "INSIDE": "aqui|aí\nem? DOC\nno|na NOUN",
    },
    templates={
        "summary": """
            ADJ* DIGEST ADJ* MANNER?
            ADJ* DIGEST OF? DOC|THAT MANNER?
            ADJ* DIGEST OF DET* PART ON DET* X MANNER?
            ADJ* DIGEST OF DET* X MANNER?
            resuma|resume|resumir|resumes|resumo|sintetize|sintetiza DOC|THAT? MANNER?
            resuma|resume|resumir DET* PART ON DET* X MANNER?
            resuma|resume|resumir DET* X MANNER?
            do|de|sobre que|quê trata|fala|se_trata|é DOC|IT?
            do|de que trata|fala DET* SUBJECT
            DOC|IT fala|trata|é sobre|de|do o? quê|que
            o que diz|conta DOC
            qual|quais é|são ADJ* DIGEST|ESSENCE
            qual|quais é|são ADJ* DIGEST|ESSENCE OF? DOC
            ADJ* ESSENCE MANNER?
            ADJ* ESSENCE OF? DOC
            explique|explica|explicar me? DOC? MANNER
            explique|explica|explicar me? DOC? como_se|como_a|como|para REST
            MANNER
            DOC MANNER
            MANNER DOC
            tldr|eli5 REST
        """,
        "author": """
            quem WROTE DOC|TITLED
            quem o? escreveu|redigiu
            quem escreveu DET* NAME
            quem é|são|foi DET* AUTHOR
            quem|qual é|são|foi DET* AUTHOR OF? DOC|TITLED
            de|por quem é|foi DOC|TITLED|IT escrito?
            por quem foi escrito DOC?
            DET* AUTHOR
            DET* AUTHOR OF? DOC|TITLED
            DET* nome de|do|da DET* AUTHOR
            qual é? o? nome de|do|da DET* AUTHOR
        """,
        "date": """
            quando foi|é|está DATED DOC|TITLED
            quando DOC|TITLED|IT foi DATED
            quando foi escrito|publicado|atualizado
            quando escreveram|publicaram DOC
            de quando|que_ano|que_data é|data DOC|TITLED
            em que data|ano foi DATED DOC
            DET* data OF? DOC|TITLED
            DET* data de publicação OF? DOC?
            qual é? a? data de? publicação? OF? DOC?
            DOC é|está atual|recente|atualizado|antigo|velho
        """,
        "source": """
            de onde vem|é|saiu|veio|tirou|provém DOC|TITLED
            DET* fonte|fontes|link|origem
            DET* fonte|fontes|link|origem OF? DOC|TITLED
            qual|quais é|são sua|tua|a|as|suas fonte|fontes OF? DOC?
            de que jornal|site|livro vem|é|saiu DOC
            onde foi publicado DOC
        """,
        "length": """
            quantas|quantos palavras|páginas|frases|caracteres tem|há|contém|são em|no|na? DOC|TITLED
            qual é? o|a tamanho|comprimento|extensão OF? DOC|TITLED
            DET* tamanho|comprimento|extensão OF? DOC
            quão longo|extenso é DOC
            quanto tempo leva|demora|levo para|a? ler DOC?
            tempo de leitura OF? DOC?
            número de palavras OF? DOC?
            DOC é longo|grande|curto
        """,
        "articles": """
            que|quais|quantos OFFER há|tem|tens|existem|você_tem|conhece|existe|têm aqui|disponíveis*
            quais são os|seus OFFER disponíveis?
            lista|listar|liste|mostra|mostre|enumere todos|de* os? OFFER
            todos? os? artigos|temas|assuntos
            sobre o? que posso|eu_posso te? perguntar|falar
            o que você|tu sabe|sabes
        """,
        "sections": """
            que|quais|quantas|quantos SECT tem|há|contém|existem|são em|no|na? DOC|IT|TITLED
            quantas|quantos|quais SECT DOC tem|contém
            que|quais|quantas|quantos SECTION há|tem|existem
            quais são as|os SECT OF? DOC|TITLED
            quais são as|os SECTION
            lista|listar|liste|mostra|mostre|enumere as|os? SECT OF? DOC|TITLED
            lista|listar|liste|mostra|mostre|enumere as|os? SECTION
            como está|é|se estruturado|organizado|dividido|estrutura|organiza|divide DOC|TITLED
            como DOC está|é estruturado|organizado|dividido
            as|os? SECTION|índice|sumário
            DET* SECT|estrutura|índice|sumário OF? DOC|TITLED
            qual é? a? estrutura OF? DOC
        """,
        "language": """
            em que|qual língua|idioma está|é|foi DOC|TITLED|IT? escrito?
            em que língua|idioma está escrito DOC
            qual é? o|a idioma|língua OF? DOC
        """,
        "mentions": """
            há|tem|existe INSIDE? SOMETHING INSIDE? ON DET* X INSIDE?
            DOC|TITLED|IT fala|menciona|trata|aborda|cita ON* DET* X
            menciona|fala|aborda|cita DOC|TITLED ON* DET* X
            DET* X é|são|está mencionado|mencionada|mencionados|citado|abordado INSIDE?
            é mencionado|mencionada|citado DET* X INSIDE?
            aparece|aparecem DET* X INSIDE
            DOC|TITLED|IT diz|tem|contém SOMETHING ON DET* X
            diz|tem algo|alguma_coisa ON DET* X
            algo|alguma_coisa|informações INSIDE? sobre DET* X INSIDE?
            onde|em_que_parte|em_que_seção se_fala|é_mencionado|se_menciona|fala ON* DET* X
        """,
    },
    polite_first="""
        olá|oi|ei|ok|bom|e|mas|também|bot|desculpa|desculpe|então|pois
        bom|boa dia|tarde|noite
        por favor
        podes|pode|poderia|podia|consegue|você_pode|alguém_pode me|nos?
        você|tu pode|poderia|podes me|nos?
        sabes|sabe|alguém_sabe
        diz|diga me?
    """,
    polite_last="""
        obrigado|obrigada|bot|pf|pfv|agora|exatamente|valeu|rápido
        por favor|gentileza
        muito obrigado|obrigada
        para mim|nós
    """,
    giving_first="""
        dá|dê|faz|faça|mostra|mostre|escreve|escreva|manda|dar|fazer|faça me|nos?
        me|nos dá|dê|faz|faça|mostra|mostre|dar|fazer|manda
        quero|preciso|queria|gostaria saber|ter|de|ver|um|só*
        tens|tem|você_tem
        há
        só|rápido
    """,
    asker="eu me mim meu minha nos nosso nossa estou sou tenho",
    numbers="uma duas três quatro cinco seis sete oito nove dez",
)

ITALIAN = RequestWords(
    macros={
        "DET": "il|lo|la|i|gli|le|l|un|uno|una|del|dello|della|dell|tuo|tua|vostro|mio|tutto|tutta"
        "|intero|completo",
        "THIS": "questo|questa|questi|queste|qui|quest|ciò",
        "NOUN": "articolo|articoli|testo|testi|pagina",
        "WEAK": "rapporto|documento|libro|storia|guida|manuale|saggio|relazione",
        "DOC": "DET* NOUN intero|completo?\nTHIS NOUN|WEAK\nDET* WEAK\nTHIS\ntutto ciò|questo?",
        "TITLED": "DET* NOUN|WEAK su|sul|sulla|sui|intitolato DET* NAME",
        "IT": "esso|l",
        "THAT": "lo|ciò",
        "PART": "parte|sezione|capitolo|paragrafo|brano|passo",
        "ON": "su|sul|sulla|sulle|sui|sugli|sullo|sull|di|del|della|dei|delle|dell|riguardo|circa"
        "|che_parla_di|che_riguarda|riguardante",
        "OF": "di|del|dello|della|dell|nel|nell|su|sul|sulla|in",
        "COUNT": "DIGITS|una|un|due|tre|quattro|cinque|sei|sette|otto|nove|dieci",
        "UNIT": "frase|frasi|punti|parole|righe",
        "MANNER": """
            in COUNT|poche UNIT
            in breve|sintesi|sostanza|poche_parole|due_parole
            in|con parole|termini semplici|povere
            in modo semplice|breve
            come elenco|lista
            brevemente|semplicemente|sinteticamente
        """,
        "DIGEST": "riassunto|riassunti|sintesi|tldr|versione_breve|riassuntino|sunto|riepilogo"
        "|versione_corta|sommario_breve",
        "ADJ": "DET|breve|corto|corta|rapido|veloce|piccolo|semplice|buon|mi|solo",
        "ESSENCE": """
            punti|idee|fatti|concetti|idea|punto|messaggio|tema|argomenti principali|chiave|principale
                |importanti|centrale|essenziali|più_importanti
            principali punti|idee|fatti|concetti
            essenziale|succo|nocciolo|più_importante|idea_generale|panoramica|quadro_generale
        """.replace("\n                |", "|"),
        "AUTHOR": "autore|autrice|autori|scrittore|scrittrice|redattore",
        "WROTE": "scritto|scrisse|redatto|pubblicato|fatto|creato|scrive",
        "DATED": "scritto|pubblicato|redatto|aggiornato|uscito|scritta|pubblicata",
        "SECT": "sezioni|capitoli|parti|titoli|paragrafi|sottotitoli|intestazioni",
        "SECTION": "sezioni|capitoli|paragrafi|sottotitoli|intestazioni",
        "OFFER": "articoli|testi|argomenti|documenti|temi",
        "SOMETHING": "qualcosa|informazioni|qualche_informazione|una_parte|una_sezione|un_capitolo"
        "|niente|qualche_cenno|cenni",
        "INSIDE": "qui|lì|dentro\nin DOC\nnel|nell|nella NOUN",
        "IS": "è|sono|era|e|cos_è|qual_è",
    },
    templates={
        "summary": """
            ADJ* DIGEST ADJ* MANNER?
            ADJ* DIGEST OF? DOC|THAT MANNER?
            ADJ* DIGEST OF? DET* PART ON DET* X MANNER?
            ADJ* DIGEST OF DET* X MANNER?
            riassumi|riassumere|riassumimi|riassumilo|riassuma|sintetizza|sintetizzare|riassumerlo
                |riassumermi|riassumiamo|riepiloga DOC|THAT? MANNER?
            riassumi|riassumere|riassumimi|riassumermi DET* PART ON DET* X MANNER?
            riassumi|riassumere|riassumimi|riassumermi DET* X MANNER?
            di|su che|cosa|che_cosa parla|tratta|si_parla|si_tratta|riguarda DOC|IT?
            di che|cosa|che_cosa parla|tratta DET* SUBJECT
            che|cosa|che_cosa dice|racconta DOC
            qual|quali|cosa|che IS ADJ* DIGEST|ESSENCE
            qual|quali|cosa|che IS ADJ* DIGEST|ESSENCE OF? DOC
            ADJ* ESSENCE MANNER?
            ADJ* ESSENCE OF? DOC
            spiega|spiegami|spiegamelo|spiegare|spiegarmi DOC? MANNER
            spiega|spiegami|spiegamelo|spiegare|spiegarmi DOC? come_se|come_a|come|a REST
            MANNER
            DOC MANNER
            MANNER DOC
            tldr|eli5 REST
        """.replace("\n                |", "|"),
        "author": """
            chi ha|hanno|l_ha|avrebbe WROTE DOC|TITLED
            chi l ha scritto|redatto
            chi scrisse DOC|TITLED
            chi ha scritto DET* NAME
            chi IS DET* AUTHOR
            chi IS DET* AUTHOR OF? DOC|TITLED
            di|da chi IS|è_stato DOC|TITLED|IT? scritto?
            da chi è stato scritto DOC?
            DET* AUTHOR
            DET* AUTHOR OF? DOC|TITLED
            DET* nome OF DET* AUTHOR
            come si chiama DET* AUTHOR
            qual è? il? nome OF DET* AUTHOR
        """,
        "date": """
            quando è|fu|è_stato|viene|hanno stato? DATED DOC|TITLED
            quando è|fu stato? scritto|pubblicato|aggiornato
            quando è stato DATED DOC
            di quando|che_anno|che_data IS DOC|TITLED
            a quando risale DOC
            in che data|anno è stato DATED DOC
            quanto è vecchio|recente DOC
            DET* data OF? DOC|TITLED
            DET* data di pubblicazione OF? DOC?
            qual è? la? data di? pubblicazione? OF? DOC?
            DOC è aggiornato|recente|attuale|vecchio
            è aggiornato|recente|attuale DOC
        """,
        "source": """
            da dove viene|proviene|arriva|è_tratto|hai_preso DOC|TITLED
            DET* fonte|fonti|link|origine
            DET* fonte|fonti|link|origine OF? DOC|TITLED
            qual|quali IS la|le|tua|tue* fonte|fonti OF? DOC?
            da quale giornale|sito|libro viene|proviene|è_tratto DOC
            dove è stato pubblicato DOC
        """,
        "length": """
            quanto IS lungo DOC|TITLED
            quante|quanti parole|pagine|frasi|caratteri ha|ci_sono|contiene|sono nel|nell|in? DOC|TITLED
            DET* lunghezza OF? DOC
            qual è la lunghezza OF? DOC
            quanto tempo? ci? vuole|serve|si_impiega per|a leggere|leggerlo DOC?
            tempo di lettura OF? DOC?
            numero di parole OF? DOC?
        """,
        "articles": """
            che|quali|quanti OFFER ci_sono|hai|esistono|conosci|avete|sono qui|disponibili*
            quali sono gli|i OFFER disponibili?
            elenca|elencami|mostra|mostrami|lista|elenco|dammi di|degli|dei|tutti|gli|i* OFFER
            tutti? gli? articoli
            gli? articoli|argomenti
            su|di|che cosa|che posso chiederti|chiedere|parlare?
            cosa posso chiederti|chiedere
            cosa|che_cosa sai
        """,
        "sections": """
            che|quali|quante|quanti SECT ha|ci_sono|contiene|sono nel|nell|in? DOC|IT|TITLED
            che|quali|quante|quanti SECTION ci_sono|ha
            quali sono le|i|gli SECT OF? DOC|TITLED
            quali sono le|i|gli SECTION
            come si chiamano le|i|gli SECT
            elenca|elencami|mostra|mostrami|dammi le|i|gli? SECT OF? DOC|TITLED
            elenca|elencami|mostra|mostrami|dammi le|i|gli? SECTION
            come IS strutturato|organizzato|diviso|suddiviso|composto DOC|TITLED
            com è strutturato|organizzato|diviso|suddiviso DOC
            in quali SECT è diviso|suddiviso DOC
            le|i|gli? SECTION|indice|sommario|indice_dei_contenuti
            DET* SECT|struttura|indice|sommario OF? DOC|TITLED
            qual è la struttura OF? DOC
        """,
        "language": """
            in che|quale lingua IS scritto? DOC|TITLED
            in che|quale lingua è scritto|scritta
            qual è la lingua OF? DOC
        """,
        "mentions": """
            c_è|ci_sono|esiste INSIDE? SOMETHING INSIDE? ON DET* X INSIDE?
            DOC|TITLED|IT parla|menziona|cita|tratta|accenna ON* DET* X
            parla|menziona|cita|nomina DOC|TITLED ON* DET* X
            si parla|menziona|cita INSIDE? ON* DET* X INSIDE?
            DET* X è|viene|sono|vengono menzionato|menzionata|citato|nominato|menzionati INSIDE?
            viene|vengono|è menzionato|menzionata|citato|nominato DET* X INSIDE?
            compare|appare DET* X INSIDE
            DOC|TITLED|IT dice|contiene|ha SOMETHING ON DET* X
            dice qualcosa ON DET* X
            qualcosa|informazioni INSIDE? su|sul|sulla|sui|riguardo DET* X INSIDE?
            dove|in_che_parte|in_quale_sezione|in_quale_parte si_parla|si_menziona|viene_menzionato ON*
                DET* X
        """.replace("\n                D", " D"),
    },
    polite_first="""
        ciao|salve|ehi|ok|allora|e|ma|anche|bot|scusa|scusi|dunque|buongiorno|buonasera
        per favore|piacere|cortesia
        puoi|potresti|può|potrebbe|qualcuno_può|potete mi|ci?
        mi|ci puoi|potresti|può|potrebbe|sai_dire
        sai|sapete|qualcuno_sa dirmi?
        dimmi|dicci
    """,
    polite_last="""
        grazie|bot|perfavore|adesso|ora|esattamente|veloce|velocemente
        per favore|piacere|cortesia|me|noi
        grazie mille
    """,
    giving_first="""
        dammi|fammi|fai|dai|mostrami|scrivi|scrivimi|dacci|darmi|farmi|mandami|fare|dare
        voglio|vorrei|mi_serve|ho_bisogno|mi_servirebbe avere|sapere|di|solo*
        hai
        c è
        ci sono
        solo|veloce
    """,
    asker="io me mi mio mia miei noi nostro nostra sono ho",
    numbers="una due tre quattro cinque sei sette otto nove dieci",
)
