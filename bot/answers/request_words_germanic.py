"""How people ask for a summary, and about the articles themselves, in German and Dutch.

The lines are templates (``request_templates``).
"""

from bot.answers.request_model import RequestWords

GERMAN = RequestWords(
    macros={
        "DET": "der|die|das|den|dem|des|ein|eine|einen|einer|einem|dein|deine|euer|eure|mein|meine"
        "|ganze|ganzen|gesamte|gesamten|komplette|kompletten|alle|aller|allen",
        "THIS": "dieser|diese|dieses|diesen|diesem|hier|dies|das_hier",
        "NOUN": "artikel|artikels|artikeln|text|textes|texte|texts|seite|beitrag|beitrags|beitrages",
        "WEAK": "bericht|berichts|dokument|dokuments|buch|buches|geschichte|anleitung|handbuch"
        "|dokumentation|aufsatz",
        "DOC": "DET* NOUN\nTHIS NOUN|WEAK\nDET* WEAK\nTHIS\ndas\ndas ganze|alles\nalles",
        "TITLED": "DET* NOUN|WEAK über|zu|namens|zum|zur DET* NAME\nDET* NAME NOUN",
        "IT": "es|er|sie",
        "THAT": "es|das|ihn|sie",
        "PART": "teil|abschnitt|kapitel|absatz|stelle|passage",
        "ON": "über|zu|zum|zur|von|vom|mit|um|bezüglich|betreffend",
        "IN": "in|im|von|vom|aus|zu|zum|des|der|dieses|dieser",
        "COUNT": "DIGITS|einem|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|einen",
        "UNIT": "satz|sätzen|sätze|stichpunkten|stichpunkte|punkten|punkte|worten|wörtern|zeilen",
        "MANNER": """
            in COUNT|ein_paar|wenigen? kurzen? UNIT
            in kurz|kürze
            in einfachen|eigenen|anderen? worten
            auf den punkt gebracht
            kurz gesagt|gefasst
            kurz und knapp
            als liste|stichpunkte|aufzählung
            kurz|knapp|einfach|verständlich
        """,
        "DIGEST": "zusammenfassung|zusammenfassungen|kurzfassung|kurzversion|tldr|inhaltsangabe"
        "|kurzform|zsfg|summary|kurzinhalt|zusammengefasst|kurzzusammenfassung",
        "ADJ": "DET|kurze|kurzen|kurz|kleine|schnelle|knappe|einfache|grobe|gute|bitte|mal|nur",
        "ESSENCE": """
            wichtigste|wichtigsten|zentrale|zentralen? kernaussage|kernaussagen|hauptaussage
                |hauptaussagen|hauptpunkte|kernpunkte|hauptgedanke|hauptidee|hauptthema|eckpunkte
                |kerngedanke|kernbotschaft|fazit_davon|quintessenz|überblick
            wichtigsten|zentralen punkte|fakten|aussagen|infos|informationen|erkenntnisse|dinge
            wichtigste|wesentliche in_kürze?
        """.replace("\n                |", "|"),
        "SMALL": "mal|bitte|kurz|doch|einmal|mir|uns|eben|schnell",
        "CHILD": "wie_einem|wie_für|als_wäre_ich|als_ob_ich|als_wär_ich|für kind|kinder|fünf|5|ein"
        "|einen|einem|DIGITS kind|jahre|jähriges|jährigen|fünfjährigen|fünfjähriger|anfänger|wäre*",
        "AUTHOR": "autor|autorin|autoren|verfasser|verfasserin|verfassern",
        "WROTE": "geschrieben|verfasst|gemacht|erstellt|veröffentlicht|publiziert",
        "DATED": "geschrieben|verfasst|veröffentlicht|erschienen|aktualisiert|erstellt|publiziert",
        "SECT": "abschnitte|kapitel|teile|überschriften|abschnitten|kapiteln|teilen|unterkapitel",
        "SECTION": "abschnitte|kapitel|überschriften|unterkapitel",
        "OFFER": "artikel|texte|themen|dokumente|beiträge",
        "SOMETHING": "etwas|was|irgendetwas|irgendwas|infos|informationen|ein_abschnitt|ein_kapitel"
        "|einen_abschnitt|eine_stelle|ein_teil|näheres|mehr",
        "INSIDE": "da|hier|dort|darin|drin\nin DOC\nim NOUN",
    },
    templates={
        "summary": """
            ADJ* DIGEST MANNER?
            ADJ* DIGEST IN? DOC|THAT MANNER?
            ADJ* DIGEST IN? DET* PART ON DET* X MANNER?
            ADJ* DIGEST IN|ON DET* X MANNER?
            fasse|fass|fasst|fassen SMALL* DOC|THAT? SMALL* MANNER? zusammen MANNER?
            fasse|fass|fasst SMALL* DET* PART ON DET* X MANNER? zusammen MANNER?
            fasse|fass|fasst SMALL* DET* X MANNER? zusammen MANNER?
            SMALL* DOC|THAT? SMALL* MANNER? zusammenfassen|zusammenzufassen
            SMALL* DET* PART ON DET* X zusammenfassen
            SMALL* DET* X zusammenfassen
            worum|wovon|um_was|darum|was geht|gehts|handelt es|s? hier|eigentlich|genau|denn*
            worum|um_was geht|gehts es|s? hier|eigentlich|genau|denn* in|im|bei|beim DOC
            worum|um_was geht|gehts es? in|im|bei|beim DET* SUBJECT
            wovon|worüber|wo_von handelt|spricht|berichtet|erzählt DOC|IT
            wovon|worüber handelt SUBJECT
            was steht in|im DOC drin?
            was sagt|besagt|erzählt DOC
            was ist|sind|wäre ADJ* DIGEST|ESSENCE
            was ist|sind ADJ* DIGEST|ESSENCE IN? DOC|THAT
            ADJ* ESSENCE MANNER?
            ADJ* ESSENCE IN? DOC|THAT MANNER?
            erkläre|erklär|erklärs SMALL* DOC|THAT? SMALL* CHILD
            erkläre|erklär|erklärs SMALL* DOC|THAT SMALL* MANNER
            MANNER
            MANNER bitte? worum geht es
            DOC|THAT MANNER
            tldr|eli5 REST
        """,
        "author": """
            wer hat|ist|sind|war DOC|TITLED WROTE
            wer hat IT geschrieben|verfasst
            wer hat DET* NAME geschrieben|verfasst
            wer schrieb|verfasste DOC|IT|TITLED
            wer schrieb DET* NAME
            wer ist|sind|war|waren DET* AUTHOR
            wer ist|sind|war DET* AUTHOR von? DOC|IT|TITLED
            wer steckt hinter DOC
            von wem ist|stammt|wurde|kommt|sind DOC|IT|TITLED WROTE?
            DET* AUTHOR name?
            DET* AUTHOR von? DOC|TITLED
            name|namen des|der AUTHOR|autors|verfassers
            wie heißt|heisst DET* AUTHOR
        """,
        "date": """
            wann wurde|ist|war|hat_man DOC|TITLED zuletzt? DATED
            wann wurde|ist IT zuletzt? DATED
            wann erschien DOC|TITLED
            von|aus wann|welchem_jahr|welcher_zeit ist|stammt|sind DOC|TITLED
            wie alt|aktuell|neu ist|sind DOC
            ist|sind DOC aktuell|veraltet|neu|alt
            ist|stammt DOC von|aus|vor REST
            DET* datum|erscheinungsdatum|veröffentlichungsdatum von? DOC|TITLED
            erscheinungsdatum|veröffentlichungsdatum|stand_des_artikels
            was ist das? datum|erscheinungsdatum von? DOC
        """,
        "source": """
            woher|wo stammt|ist|kommt|kommen|hast_du|habt_ihr DOC|TITLED her|erschienen|veröffentlicht?
            aus welcher zeitung|quelle|website|seite ist|stammt|kommt DOC
            DET* quelle|quellen|originalquelle|quellenangabe|link|ursprung
            DET* quelle|quellen|link|ursprung von|zu|zum|für? DOC|TITLED
            was ist|sind deine|die quelle|quellen von? DOC?
        """,
        "length": """
            wie lang|lange ist|sind DOC|TITLED
            wie viele|viel wörter|worte|seiten|zeichen|sätze hat|haben|sind DOC|TITLED
            wieviele|wieviel wörter|worte|seiten|zeichen|sätze hat|haben DOC|TITLED
            wie lange dauert|braucht|brauche_ich|brauch_ich|braucht_man es? für? DOC|IT? zu_lesen
                |zum_lesen
            DET* länge von? DOC
            wortzahl|lesezeit|lesedauer|textlänge von? DOC?
        """.replace("\n                |", "|"),
        "articles": """
            welche|was_für|wie_viele|wieviele OFFER gibt|hast|habt|kennst|sind|stehen|kennt es|du|ihr
                |hier|da|vorhanden|verfügbar* zur_auswahl?
            liste|zeig|zeige|nenne|nenn mir? alle|die|deine* OFFER auf?
            alle? artikel|themen
            artikelliste|liste_der_artikel|liste_aller_artikel|artikelübersicht
            worüber|wonach|was kann|darf ich dich? fragen
            was weißt|weisst|kennst du alles?
            worüber weißt|weisst du etwas|bescheid|was?
        """.replace("\n                |", "|"),
        "sections": """
            welche|wie_viele|wieviele SECT hat|haben|gibt_es|enthält|sind|stehen in|im? DOC|IT|TITLED
            welche|wie_viele|wieviele SECTION gibt_es|sind_es|hat_er
            liste|zeig|zeige|nenne|nenn mir? alle|die* SECT von|in|im? DOC|TITLED auf?
            liste|zeig|zeige|nenne|nenn mir? alle|die* SECTION auf?
            wie heißen|heissen|lauten die SECT
            wie ist|sind DOC|IT|TITLED aufgebaut|gegliedert|strukturiert|unterteilt|eingeteilt
            in welche SECT ist DOC|IT gegliedert|unterteilt|eingeteilt|aufgeteilt
            die? SECTION|gliederung|inhaltsverzeichnis|inhaltsübersicht
            DET* SECT|gliederung|aufbau|struktur|inhaltsverzeichnis von? DOC|TITLED
            was sind die SECT von|in|im? DOC
            was sind die SECTION
            zeig|zeige|gib mir? die|das gliederung|inhaltsverzeichnis
        """,
        "language": """
            in|auf welcher sprache ist|wurde|sind DOC|IT|TITLED geschrieben|verfasst?
            welche sprache hat|ist DOC
            ist DOC auf|in deutsch|englisch|französisch|spanisch
        """,
        "mentions": """
            gibt|gibts es? INSIDE? SOMETHING INSIDE? ON DET* X INSIDE?
            steht|stehen|findet_sich INSIDE* SOMETHING INSIDE? ON|drüber DET* X INSIDE? drin?
            erwähnt|behandelt|nennt|thematisiert DOC|IT|TITLED auch? DET* X
            wird|werden|ist|sind DET* X INSIDE? irgendwo|auch? erwähnt|genannt|behandelt|thematisiert
            kommt|kommen DET* X INSIDE? vor
            irgendwas|irgendetwas|etwas INSIDE? ON DET* X INSIDE? dabei?
            sagt|schreibt|steht|enthält|hat DOC|IT|TITLED SOMETHING ON DET* X
            ist|geht_es INSIDE? auch? von|um DET* X INSIDE? die_rede?
            in welchem abschnitt|kapitel|teil geht_es|wird|steht|kommt um|über|von? DET* X
                erwähnt|behandelt|vor|etwas?
            wo wird DET* X INSIDE? erwähnt
        """.replace("\n                erw", " erw"),
    },
    polite_first="""
        hi|hallo|hey|bitte|ok|okay|also|und|aber|auch|bot|moin|servus|äh|ähm|sorry|entschuldigung|nun
        guten tag|morgen|abend
        kannst|könntest|könnt|kann|könnte du|ihr|jemand|man|mir|uns|bitte|mal|vielleicht*
        weißt|weisst|weiß du|jemand|man
        ich frage_mich|wüsste_gern|wüsste_gerne
        sag mir|mal|bitte*
    """,
    polite_last="""
        bitte|danke|bot|mal|eigentlich|denn|lol|nochmal|genau|bitteschön|jetzt|überhaupt
        danke schön|dir|im_voraus
        für mich|uns
        sagen|nennen|geben|machen|zeigen|erklären|schreiben
    """,
    giving_first="""
        gib|zeig|zeige|mach|mache|schreib|schreibe|erstell|erstelle|nenn|nenne|sag mir|mal|uns|bitte*
        ich|wir brauche|brauch|möchte|will|hätte_gern|hätte_gerne|brauchen|wollen nur?
        hast du|ihr
        gibt|gibts es?
        kann ich bitte? haben?
        mir|uns|schnell|nur|kurz
    """,
    asker="ich mir mich mein meine meinen meinem wir uns unser bin",
    numbers="einem zwei drei vier fünf sechs sieben acht neun zehn",
)

DUTCH = RequestWords(
    macros={
        "DET": "de|het|een|die|dat|jouw|je|jullie|mijn|hele|gehele|volledige|complete|alle",
        "THIS": "dit|deze|hier",
        "NOUN": "artikel|artikelen|tekst|teksten|pagina|stuk|bericht",
        "WEAK": "verslag|rapport|document|boek|verhaal|handleiding|essay",
        "DOC": "DET* NOUN\nTHIS NOUN|WEAK\nDET* WEAK\nTHIS\nhet geheel\nalles",
        "TITLED": "DET* NOUN|WEAK over|genaamd DET* NAME\nDET* NAME NOUN",
        "IT": "het",
        "THAT": "het|dat",
        "PART": "deel|gedeelte|stuk|hoofdstuk|paragraaf|sectie|stukje",
        "ON": "over|van|met|rond|betreffende",
        "COUNT": "DIGITS|een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien",
        "UNIT": "zin|zinnen|punten|woorden|regels|bullets|bulletpoints",
        "MANNER": """
            in COUNT|een_paar|enkele korte? UNIT
            in het? kort
            in eenvoudige|simpele|gewone|eigen woorden|taal
            als lijst|lijstje
            kort samengevat|gezegd
            simpel|eenvoudig|kort|beknopt
        """,
        "DIGEST": "samenvatting|samenvattingen|tldr|korte_versie|kortere_versie|synopsis|resumé"
        "|samenvattinkje|kernsamenvatting",
        "ADJ": "DET|korte|snelle|kleine|eenvoudige|simpele|beknopte|goede|kort|even|gewoon",
        "ESSENCE": """
            belangrijkste punten|feiten|ideeën|informatie|boodschap|conclusies|zaken|dingen
            hoofdpunten|kernpunten|kern|hoofdgedachte|hoofdlijnen|essentie|hoofdzaak|hoofdboodschap
            hoofdidee|kernboodschap|strekking|hoofdonderwerp|overzicht|rode_draad
        """,
        "SMALL": "even|eens|kort|snel|graag|alsjeblieft|mij|me|ons|voor_mij|voor_me",
        "AUTHOR": "auteur|auteurs|schrijver|schrijvers|schrijfster",
        "WROTE": "geschreven|gemaakt|gepubliceerd|opgesteld|geplaatst",
        "DATED": "geschreven|gepubliceerd|geplaatst|verschenen|bijgewerkt|gemaakt|geüpdatet|uitgebracht",
        "SECT": "secties|hoofdstukken|delen|koppen|kopjes|paragrafen|onderdelen|tussenkoppen",
        "SECTION": "secties|hoofdstukken|koppen|kopjes|tussenkoppen",
        "OFFER": "artikelen|teksten|onderwerpen|documenten|artikels|thema_s",
        "SOMETHING": "iets|informatie|info|wat|een_stuk|een_hoofdstuk|een_sectie|een_deel",
        "INSIDE": "hier|hierin|erin|daarin\nin DOC",
    },
    templates={
        "summary": """
            ADJ* DIGEST MANNER?
            ADJ* DIGEST van|over DOC|THAT MANNER?
            ADJ* DIGEST hiervan|daarvan|ervan
            ADJ* DIGEST van|over DET* PART ON DET* X
            ADJ* DIGEST van|over DET* X
            vat SMALL* DOC|THAT? SMALL* MANNER? samen MANNER?
            vat SMALL* DET* PART ON DET* X samen
            vat SMALL* DET* X samen
            SMALL* DOC|THAT? SMALL* MANNER? samenvatten|samen_te_vatten
            SMALL* DET* PART ON DET* X samenvatten
            SMALL* DET* X samenvatten
            waar gaat|handelt DOC|IT eigenlijk|precies? over
            waarover gaat|handelt DOC|IT
            waar gaat DET* SUBJECT over
            waarover gaat DET* SUBJECT
            wat staat er? in DOC
            wat zegt|vertelt DOC
            wat is|zijn ADJ* DIGEST|ESSENCE
            wat is|zijn ADJ* DIGEST|ESSENCE van|in|uit DOC|THAT
            ADJ* ESSENCE MANNER?
            ADJ* ESSENCE van|in|uit DOC|THAT
            leg SMALL* DOC|THAT SMALL* uit alsof|als_aan|zoals REST
            leg SMALL* DOC|THAT SMALL* MANNER uit
            MANNER
            DOC|THAT MANNER
            tldr|eli5 REST
        """,
        "author": """
            wie heeft|hebben|is|zijn DOC|TITLED WROTE
            wie heeft IT geschreven
            wie heeft DET* NAME geschreven
            wie schreef DOC|IT|TITLED
            wie schreef DET* NAME
            wie is|zijn DET* AUTHOR
            wie is|zijn DET* AUTHOR van|achter DOC|IT|TITLED
            van|door wie is|zijn|werd DOC|IT|TITLED WROTE?
            DET* AUTHOR
            DET* AUTHOR van DOC|TITLED
            naam van de AUTHOR
            hoe heet DET* AUTHOR
        """,
        "date": """
            wanneer is|werd|zijn DOC|TITLED voor_het_laatst|laatst? DATED
            wanneer is|werd IT geschreven|gepubliceerd|bijgewerkt
            van wanneer|welk_jaar is|dateert|zijn DOC|TITLED
            uit welk jaar is|komt DOC
            hoe oud|actueel|recent is|zijn DOC
            is DOC actueel|verouderd|recent|up_to_date
            is DOC van|uit REST
            DET* datum|publicatiedatum|verschijningsdatum van DOC|TITLED
            publicatiedatum
            wat is de datum|publicatiedatum van DOC
        """,
        "source": """
            waar komt|is|staat|haal_je DOC|TITLED vandaan|gepubliceerd|verschenen
            uit welke krant|bron|website|site komt|is DOC
            DET* bron|bronnen|link|oorsprong
            DET* bron|bronnen|link|oorsprong van|naar DOC|TITLED
            wat is|zijn je|de|jouw bron|bronnen van? DOC?
        """,
        "length": """
            hoe lang is|zijn DOC|TITLED
            hoeveel woorden|pagina_s|tekens|zinnen heeft|telt|bevat|zijn|hebben DOC|TITLED
            hoe lang duurt|doe_ik|doe_je het|erover? om? DOC|IT? te_lezen
            DET* lengte van DOC
            leestijd|woordenaantal|aantal_woorden|woordentelling van? DOC?
        """,
        "articles": """
            welke|wat_voor|hoeveel OFFER zijn|heb|ken|hebben|hebt|bestaan er|je|jullie|jij|hier*
                beschikbaar?
            lijst van? alle|de? OFFER
            toon|geef|noem|laat_zien mij|me? alle|de* OFFER
            alle? artikelen|onderwerpen
            artikellijst
            waarover|wat kan|mag ik je|jou? vragen
            wat weet je allemaal?
        """.replace("\n                b", " b"),
        "sections": """
            welke|hoeveel SECT heeft|bevat|zijn_er|staan|zitten|telt in? DOC|IT|TITLED
            welke|hoeveel SECTION zijn_er|heeft_het
            noem|toon|geef|lijst mij|me? alle|de* SECT van|in DOC|TITLED
            noem|toon|geef mij|me? alle|de* SECTION
            hoe heten de SECT
            hoe is|zijn DOC|IT|TITLED opgebouwd|ingedeeld|gestructureerd|onderverdeeld|georganiseerd
            de? SECTION|inhoudsopgave|inhoudstafel
            DET* SECT|inhoudsopgave|opbouw|structuur|indeling van DOC|TITLED
            wat zijn de SECT van|in DOC
            wat zijn de SECTION
            toon|geef|laat me|mij? de inhoudsopgave zien?
        """,
        "language": """
            in welke taal is|zijn|werd DOC|IT|TITLED geschreven|opgesteld?
            welke taal is|heeft DOC
            is DOC in het? nederlands|engels|duits|frans
        """,
        "mentions": """
            is|staat|zijn|zit er INSIDE? SOMETHING INSIDE? ON DET* X INSIDE?
            staat INSIDE SOMETHING ON DET* X
            vermeldt|noemt|behandelt|bespreekt DOC|IT|TITLED ook? DET* X
            wordt|worden|is DET* X INSIDE? ergens|ook? vermeld|genoemd|besproken|behandeld INSIDE?
            komt|komen DET* X INSIDE? voor INSIDE?
            iets INSIDE? ON DET* X INSIDE?
            zegt|vertelt|bevat|heeft DOC|IT|TITLED SOMETHING ON DET* X
            gaat DOC|IT ook? over DET* X
            waar wordt DET* X INSIDE? genoemd|vermeld
            in welk hoofdstuk|deel|gedeelte gaat_het|wordt over? DET* X genoemd|vermeld|besproken?
        """,
    },
    polite_first="""
        hoi|hallo|hey|hi|ok|oké|dus|en|maar|ook|bot|dag|sorry|nou|alsjeblieft|aub
        goeie|goede|goeden morgen|middag|avond
        kan|kun|kunt|zou|wil je|jij|u|iemand|me|mij|ons|even|misschien|eens|alsjeblieft*
        weet je|iemand
        ik vraag_me_af
        zeg|vertel me|mij
    """,
    polite_last="""
        alsjeblieft|aub|graag|bedankt|dank|dankjewel|bot|eigenlijk|nog_eens|precies|even|svp|alstublieft
        dank je|u
        voor me|mij|ons
        geven|maken|zeggen|vertellen|noemen|laten_zien
    """,
    giving_first="""
        geef|toon|maak|schrijf|noem|laat mij|me|ons|even|eens*
        ik|we wil|zou|heb|willen|wou graag|nodig|gewoon*
        heb je|jij
        is er
        een|nodig|gewoon|snel|kort
    """,
    asker="ik mij me mijn wij we ons onze ben",
    numbers="een twee drie vier vijf zes zeven acht negen tien",
)
