"""How people ask for a summary, and about the articles themselves, in English.

The lines are templates (``request_templates``). What a form may hold is deliberately closed: a
question that is not wholly of these forms is a question for the articles' text.
"""

from bot.answers.request_model import RequestWords

_MACROS = {
    "DET": "the|that|your|ur|our|my|a|an|all|all_the|all_of_the|whole|entire|full|complete|current",
    "THIS": "this|these|here",
    "NOUN": "article|articles|text|texts|page|pages|piece|post|posts|write_up|writeup|blog_post"
    "|blogpost|webpage|doc|docs|documentation",
    "WEAK": "report|paper|document|documents|guide|story|essay|manual|handbook|readme|transcript"
    "|file|files|book|entry|thread",
    "DOC": """
        DET* NOUN
        THIS DET* NOUN|WEAK|text_here
        DET* WEAK
        THIS one|thing|stuff|whole_thing|in_here?
        THIS
        all_of_this|all_this|the_whole_of_this|it_all|all_of_it
        the? whole|entire|full? thing
    """,
    "TITLED": "DET* NAME NOUN\nDET* NOUN|WEAK about|on|titled|called|named NAME",
    "IT": "it|that",
    # What is to be summed up may be named by a pronoun whatever it refers to.
    "THAT": "it|that|them",
    "PREP": "of|on|about|for|from|in|to",
    "BE": "is|are|was|were|s|re",
    "WHAT": "what|whats|wats|wat|wot|which",
    "PART": "part|parts|section|sections|chapter|paragraph|bit|passage",
    "COUNT": "DIGITS|one|two|three|four|five|six|seven|eight|nine|ten|a",
    "UNIT": "sentence|sentences|line|lines|bullet|bullets|bullet_points|point|points|words|word"
    "|paragraph|paragraphs|tweet|seconds|minutes|minute|items",
    "MANNER": """
        in|with|as|using? only|just|max|maximum|about|at_most? COUNT? few|couple|couple_of?
            short|brief|simple|quick|key|main? UNIT max?
        in|with|using very|really? simple|plain|easy|simpler|easier|short|layman|laymans|basic?
            words|terms|english|language
        in short|brief|a_nutshell|general|summary|a_few_words|other_words
        as a? short|simple? list|bullets|bullet_list|table|tweet|outline
        point_by_point|step_by_step|simply|simple|briefly|shortly|quickly
    """.replace(
        "\n            ", " "
    ),
    "SUM": "summarize|summarise|summarizing|summarising|summarized|summarised|sum_up|recap|condense"
    "|tldr|outline|synopsize|abridge",
    "DIGEST": "summary|summaries|tldr|tl_dr|gist|recap|short_version|shorter_version|synopsis"
    "|brief_version|abridged_version|condensed_version|cliffnotes|cliff_notes|cliffs_notes"
    "|spark_notes|rundown|run_down|summarization|summarisation|digest|executive_summary|tl"
    "|simple_version|summing_up|sum_up|sumup|short_summary|dr_version|summary_version",
    "MAIN": "main|key|most_important|important|central|core|major|big|general|basic|overall|chief",
    "POINTS": "point|points|fact|facts|idea|ideas|takeaway|takeaways|message|messages|argument"
    "|arguments|findings|insights|topic|topics|theme|themes|thing|things|thesis|info|information",
    "ESSENCE": "MAIN MAIN? POINTS\ntakeaway|takeaways|bottom_line|essentials|essence|highlights"
    "|overview|big_picture|basics|nutshell|short_of_it|long_and_short",
    "ADJ": "the|a|an|my|your|me|some|any|all|just|quick|short|brief|simple|tiny|concise|little"
    "|small|good|nice|rough|very|really|super|general|overall|complete|full|whole|basic|fast|easy"
    "|shorter|one_sentence|one_line|one_paragraph|two_sentence|COUNT_sentence|two_line|longer"
    "|bullet_point|bulleted|detailed|plain|COUNT|UNIT",
    "PERSON": "child|children|kid|kids|baby|toddler|grandma|granny|idiot|dummy|dummies|beginner"
    "|beginners|newbie|noob|student|son|daughter|friend|mom|mum|5yo|five|5|year_old|years_old"
    "|yr_old|year_olds",
    "LIKE": "like|as|as_if|as_though",
    "CHILD": "LIKE i|we|im|to? m|am|were|was|re|is? just|only? a|an|my|i_m? DIGITS|five|six|eight"
    "|ten? PERSON? old?",
    "AUTHOR": "author|authors|writer|writers",
    "MAKER": "author|authors|writer|writers|editor|editors|journalist|reporter|creator|publisher",
    "WROTE": "wrote|written|writes|authored|penned|write",
    "MADE": "wrote|written|writes|authored|penned|write|made|created|published|posted|typed|edited"
    "|released|uploaded|composed|drafted|did",
    "UNDATED": "written|published|posted|updated|edited|uploaded|authored",
    "DATED": "written|published|posted|updated|edited|uploaded|authored|made|created|released|dated"
    "|from|last_updated|typed|printed|put_up|put_online|last_edited|last_changed|done|drafted",
    "WHEN": "when|what_year|which_year|in_what_year|in_which_year|what_date|which_date|what_day"
    "|on_what_date|on_which_date|since_when|how_long_ago",
    "DATE": "date|publication_date|publishing_date|publish_date|date_of_publication|release_date"
    "|creation_date|date_of_creation|date_published|date_written|date_of_writing|last_update",
    "SOURCE": "source|sources|original|link|url|origin|web_address|original_source|source_link"
    "|original_link|original_article|reference|link_to_the_source|source_url",
    "SECT": "sections|chapters|parts|headings|headers|headlines|subheadings|subsections|section"
    "|chapter|section_titles|section_headings|section_names|chapter_titles|heading|paragraphs"
    "|subtitles|titles|titles_of_the_sections",
    "SECTION": "sections|chapters|headings|subheadings|subsections|section_titles|section_headings"
    "|section_names|chapter_titles|headers",
    "CONTENTS": "table_of_contents|toc|contents|list_of_contents|outline|structure|layout",
    "OFFER": "articles|texts|documents|docs|topics|subjects|files|stories|themes",
    "INSIDE": "in_here|here|in_there|in_it|written|said|mentioned\nin DOC",
    "TELL": "mention|mentions|cover|covers|discuss|discusses|talk_about|talks_about|say_anything"
    "_about|say_anything_on|say_something_about|say_something_on|say_a_word_about|talk_of"
    "|tell_anything_about|tell_me_anything_about|tell_us_anything_about|speak_about|speak_of"
    "|have_anything_about|have_anything_on|have_something_about|have_something_on|touch_on"
    "|have_info_on|have_info_about|have_information_on|have_information_about|deal_with"
    "|have_a_section_on|have_a_section_about|have_a_part_about|have_a_chapter_about|address"
    "|contain_anything_about|contain_anything_on|contain_information_about|contain_info_about"
    "|say_much_about|have_any_info_on|have_any_info_about|have_any_information_on"
    "|have_any_information_about|say_anything_at_all_about|write_about|refer_to",
    "INFO": "anything|something|smth|sth|a_word|any|some|a|an|info|information|mention|mentions"
    "|details|section|sections|part|parts|chapter|chapters|paragraph|passage|text|stuff|words"
    "|facts|at_all|else",
}

_SUMMARY = """
    ADJ* DIGEST MANNER?
    ADJ* DIGEST PREP DOC MANNER?
    ADJ* DIGEST PREP THAT MANNER?
    MANNER? SUM DOC? MANNER?
    MANNER? SUM THAT MANNER?
    sum|summing DOC|THAT up MANNER?
    boil|break|dumb|cut DOC|THAT down MANNER?
    shorten|simplify DOC|THAT MANNER?
    SUM THIS|DET? PART about|on|of|where|regarding|with|called|named|from|concerning X MANNER?
    SUM what DOC|THAT says|is_saying|said MANNER?
    SUM DET* X PART MANNER?
    SUM DET* X MANNER?
    sum DET* X up
    ADJ* DIGEST PREP THIS|DET* PART about|on|of|where|regarding|called|named X MANNER?
    ADJ* DIGEST PREP DET* X PART MANNER?
    ADJ* DIGEST of|on|about|regarding X MANNER?
    ADJ* DIGEST for|because|cause|cuz|bc|so|as|since|before|or|and REST
    DET? NOUN DIGEST|ESSENCE MANNER?
    tldr X PART
    tldr REST
    ADJ* ESSENCE MANNER?
    ADJ* ESSENCE PREP DOC MANNER?
    ADJ* ESSENCE PREP THAT MANNER?
    ADJ* ESSENCE PREP DET* PART about|on|of X MANNER?
    ADJ* ESSENCE PREP DET* X section|chapter MANNER?
    WHAT BE? ADJ* DIGEST MANNER?
    WHAT BE? ADJ* DIGEST of|on|about|for DOC|THAT
    WHAT BE? ADJ* DIGEST of|on X
    WHAT BE? ADJ* ESSENCE here?
    WHAT BE? ADJ* ESSENCE of|in|from DOC|THAT
    WHAT BE? ADJ* ESSENCE of|in|from DET* PART about|on|of X
    WHAT BE? ADJ* ESSENCE of|in|from DET* X section|chapter
    WHAT BE? DOC|IT all|really|basically|generally|mainly|actually? about
    WHAT does|do DOC say|talk_about|tell|tell_me|tell_us|cover|deal_with? MANNER?
    WHAT do|should|must i|we need|have? to? know about|from DOC
    WHAT BE? in DOC
    WHAT BE? DET* PART about|on X about
    WHAT BE? SUBJECT all|really|basically|mainly? about
    MANNER
    MANNER DOC
    DOC|THAT MANNER
    MANNER what BE? DOC|IT about
    eli5|eli_5|eli10|eli_10 DOC? MANNER?
    eli5|eli_5|eli10|eli_10 REST
    explain DOC|THAT? to_me|to_us|it? CHILD DOC? MANNER?
    explain DOC|THAT? to_me|to_us|it? CHILD REST
    explain DOC|THAT to_me? CHILD
    explain DOC|THAT to DET|THIS? DIGITS|five|six|eight|ten? year|yr? old? PERSON
    explain DOC|THAT? to_me? MANNER
    explain DET* NOUN to_me? MANNER?
    explain THIS NOUN|WEAK to_me? MANNER?
    too_long didn_t|didnt|did_not|dont|wont|won_t|not read|reading? it?
    WHAT did i miss
    catch me up
"""
_AUTHOR = """
    who|whos|who_has|who_had MADE DOC
    who|whos WROTE IT
    who|whos MADE TITLED
    who|whos WROTE DET* NAME
    who|whos BE? DET* AUTHOR of|behind|from DOC|IT
    who|whos BE? DET* AUTHOR here?
    who|whos BE? DET* MAKER of|behind|from DOC|TITLED
    who|whos BE? DET* AUTHOR of|behind DET* NAME
    who BE DOC|IT UNDATED|made by
    who BE DOC by|from
    by who|whom BE? DOC|IT MADE?
    by who|whom was|is TITLED MADE
    by who|whom
    written|made|published|posted by who|whom
    DOC BE? MADE by who|whom
    DET* AUTHOR name? please?
    DET* AUTHOR name? of|for|from DOC|IT|TITLED
    DET* AUTHOR name? of|for|from DET* NAME
    WHAT BE? DET* AUTHOR name
    WHAT BE? DET* name|names of DET* AUTHOR
    name|names of DET* AUTHOR
    does|do|has|have DOC|IT have|got|name|state|list? an|any|the AUTHOR
    is|are there an|any AUTHOR
    AUTHOR of? NOUN
    NOUN AUTHOR
"""
_DATE = """
    WHEN BE|has|have|did|does|do DOC been|get|got? last|first|originally|actually? DATED
    WHEN BE|has IT been? last|first|originally|actually? UNDATED
    WHEN BE|has TITLED been? last|first|originally|actually? DATED
    WHEN BE|has DET* NAME been? last|first|originally? UNDATED
    WHEN did they|you|he|she|we|the_author|the_authors|the_editors write|publish|post|update DOC|IT
    WHEN BE DET* last update|change|edit to_it|to_this|here?
    WHEN BE? DOC last? UNDATED
    from_when BE DOC
    WHAT BE? DET* DATE of|on|for|in DOC|IT|TITLED
    WHAT BE? DET* publication_date|publishing_date|publish_date|date_of_publication
    DET* DATE of|on|for|in DOC|IT|TITLED
    NOUN DATE
    publication_date|publishing_date|publish_date|date_of_publication|last_updated|date_published
    last updated|update when
    WHAT DATE BE DOC from?
    how old|recent|new|current|fresh|up_to_date|outdated|dated BE DOC
    is|are|was DOC up_to_date|recent|current|outdated|old|new|out_of_date|still_current|dated
    is|are IT up_to_date|outdated|out_of_date
    is|are|was DOC|IT from|written|published|older_than|newer_than|dated|made before|after|in? REST
    does|do|has|have DOC|IT have|got|state|give? a|any DATE
    is there a|any DATE on|for DOC|IT
"""
_SOURCE = """
    where|wheres BE|does|do|did|s? DOC come|coming|taken|copied? from
    where|wheres BE DOC|TITLED published|posted|taken_from|copied_from|sourced_from|from
    where did|do|have you|u|they get|got|find|take DOC|IT|your_info|the_info|your_information from?
    where can|could|do i find|read|see|get DET* original|original_article|source|full_article|full_text
    WHAT BE? DET* SOURCE of|for|to|from|behind DOC|IT|TITLED
    WHAT BE? DET* source|sources|original_source
    DET* SOURCE of|for|to|from|behind DOC|IT|TITLED
    source|sources|the_source|your_source|your_sources|original_source|source_link|link_to_source
    NOUN SOURCE
    link|url|address please
    WHAT website|site|newspaper|paper|magazine|source|page|book|url|publication BE DOC from
    from WHAT website|site|newspaper|paper|magazine|source|page|book|publication BE DOC
    who published|posted|released DOC
    WHAT BE? your|ur source|sources
"""
_LENGTH = """
    how long|big BE DOC|TITLED
    how many words|pages|characters|letters|lines|sentences BE|does|do|has|have|there|are_there|are|in*
        DOC|IT|TITLED have|long|contain|got?
    word|words count|length of|for|in? DOC|IT|TITLED?
    length of DOC|TITLED
    NOUN length
    how long|much_time does|would|will|do it|i|you|we? take|need to read|finish|get_through
        DOC|IT|TITLED?
    how long to read|finish DOC|IT?
    how long BE DET? read|reading
    reading|read time|length of|for? DOC|IT?
    how many minutes|hours to_read|does_it_take_to_read|to_read_it|is DOC|IT?
    is DOC long|short
""".replace("\n        ", " ")
_ARTICLES = """
    WHAT OFFER are|do|have|can|did|does there|you|u|we|i|the_bot have|know|got|ask|ask_about|read
        |ask_you|ask_you_about|see|cover|offer|serve|answer|answer_about|find? about|on|in? here|now
        |available?
    WHAT OFFER are|is? there|available|in_here|here
    list|show|show_me|name|give|give_me all? of? the|your? OFFER you_have|you_know|available|here
        |there_are|that_you_have|you_have_got|please?
    articles|topics|all_articles|all_topics|article_list|list_of_articles|list_of_topics|the_articles
    list_of all? the|your? OFFER
    how many OFFER are|do|have there|you|u|we have|know|got? about|here|in_here|available?
    WHAT can|could|may|should i|we ask you|u? about? here?
    WHAT do you know about?
    WHAT do you have articles|texts? about|on
    WHAT are the|your articles about?
    WHAT else|other? OFFER? do you have
""".replace("\n        |", "|")
_SECTIONS = """
    WHAT BE? the|all? SECT of|in|inside|within DOC|IT|TITLED called|named?
    WHAT BE? the|all? SECTION called|named|there|here?
    WHAT SECT BE|does|do|has|have there? in|of? DOC|IT|TITLED have|contain|consist_of|got|divided_into?
    WHAT SECTION are|is there|in_there|here
    how many SECT BE|does|do|has|have there? in|of? DOC|IT|TITLED have|contain|consist_of|got?
    how many SECTION are|is? there|in_there|here?
    list|show|show_me|name|give|give_me|tell_me all? of? the|its? SECT names|titles? of|in DOC|IT|TITLED
    list|show|show_me|name|give|give_me|tell_me all? of? the|its? SECTION names|titles?
    list of all? the? SECT of|in DOC|IT|TITLED
    list of all? the? SECTION
    the? SECTION|list_of_sections|section_list|chapter_list|toc|table_of_contents|contents
    the? SECT|CONTENTS of|in|for DOC|IT|TITLED
    WHAT BE? the? CONTENTS of|for|in DOC|IT|TITLED
    WHAT BE? the? table_of_contents|toc|contents
    show|show_me|give|give_me the? table_of_contents|toc|contents|outline
    how BE DOC|IT|TITLED structured|organized|organised|divided|built_up|laid_out|split|arranged
        |divided_up|subdivided|set_up? into_sections|into_parts?
    into|in WHAT SECT BE DOC|IT|TITLED divided|split|structured
    WHAT SECT BE DOC|IT|TITLED divided|split into
    NOUN SECT|CONTENTS
    does|do|has|have DOC|IT have|got? SECT
""".replace("\n        |", "|")
_LANGUAGE = """
    WHAT language BE DOC|IT|TITLED written|in|written_in?
    in WHAT language BE DOC|IT|TITLED written?
    WHAT language BE|does|do DOC|IT use|used
    WHAT BE? the? language of DOC|TITLED
    the? language of DOC|TITLED
    is|are|was DOC|IT written? in english|german|french|spanish|italian|polish|russian|ukrainian
        |portuguese|turkish|dutch|chinese|japanese|korean
""".replace("\n        |", "|")
_MENTION = """
    is|are|was|were there INFO* INSIDE? about|on|regarding|concerning|of DET* X INSIDE?
    is|are there INFO* INSIDE that|which talks|talk|says|speaks|deals about|on|of|with? DET* X
    INFO* INSIDE about|on|regarding|concerning|of DET* X
    anything|any|any_info|any_information|any_mention|any_mentions else? about|on|regarding
        |concerning|of DET* X INSIDE?
    do|does|did|have DOC|IT|you|u|they|TITLED also|even|actually|ever? TELL DET* X anywhere|at_all|INSIDE?
    do|have you|u have|got|know|find INFO* about|on|regarding|concerning DET* X INSIDE?
    can i|we find INFO* about|on|regarding|concerning DET* X INSIDE
    is|are|was|were DET* X mentioned anywhere|at_all|INSIDE?
    is|are|was|were DET* X covered|discussed|addressed|described|talked_about|referred_to INSIDE
    does DET* X appear|come_up|occur|feature|show_up INSIDE
    is|are DET* X INSIDE
    where BE DET* X mentioned INSIDE?
    where does|do DOC|TITLED mention|talk_about|discuss|cover DET* X
    WHAT section|sections|part|parts|chapter|chapters of|in DOC TELL|is_about|are_about|is_on DET* X
    in WHAT section|part|chapter BE DET* X mentioned|covered|discussed|described INSIDE?
    WHAT section|chapter mentions DET* X
""".replace("\n        |", "|")

ENGLISH = RequestWords(
    macros=_MACROS,
    templates={
        "summary": _SUMMARY,
        "author": _AUTHOR,
        "date": _DATE,
        "source": _SOURCE,
        "length": _LENGTH,
        "articles": _ARTICLES,
        "sections": _SECTIONS,
        "language": _LANGUAGE,
        "mentions": _MENTION,
    },
    # Around any request.
    polite_first="""
        hi|hii|hey|heyy|hello|yo|ok|okay|okey|so|well|um|uh|hm|hmm|please|pls|plz|plss|and|but|also
        now|then|bot|there|guys|dear|sorry|excuse_me|just|maybe|quick_question|question|btw|alright
        good morning|evening|day|afternoon
        can|could|would|will|can_t|cant you|u|somebody|someone|anybody|anyone|sb please|pls|plz|just?
        do you know|remember|think
        do|does anyone|anybody|someone|somebody know
        i wonder|was_wondering
        any idea|clue
        im|i_m|i_am wondering|curious|interested
    """,
    polite_last="""
        please|pls|plz|plss|thx|thanks|thank_you|ty|tysm|bot|mate|bro|bruh|dude|lol|tho|though|then
        now|again|rn|asap|btw|actually|exactly|anyway|real_quick|quickly|right_now|sir|guys|cheers
        many|a_lot|a_million|so_much|very_much
        for|to me|us
        if you can|could
        would be great|nice|good|cool|lovely
        by the way
    """,
    # Around a request for something that is given.
    giving_first="""
        give|gimme|show|tell|write|make|send|get|provide|read|hand|lend|fetch|type me|us?
        gimme|lemme|let_me have|see|get|know?
        i|we want|need|would_like|d_like|d_love|would_love|wanna to_have|to_know|to_see|to_get|have?
        i|we just? want|need
        want|need|wanna_have|wanna_know|looking_for|im_looking_for|i_m_looking_for|i_am_looking_for
        do you|u have|got
        you|u got|have
        is|are there
        can|could|may i|we have|get|see
        how|what about
        what would be
        could i|we please? have|get
        in that case
        quick|quickly|briefly|shortly
        you to
        try to
        help me? to?
    """,
    asker="i im m me my we our us mine ive am myself",
    numbers="one two three four five six seven eight nine ten",
)
