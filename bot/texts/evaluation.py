"""What the command ``evaluate`` tells people: faults of question sets, and its report."""

from bot.texts import EnglishPlural, EnglishText

# Files that were handed in.
FILE_TOO_LARGE = EnglishText("larger than {size:,} bytes")
FILE_TOO_LARGE_HINT = "divide it"
FILE_NOT_UTF8 = "can't be read: not UTF-8"
FILE_NOT_UTF8_HINT = "save it as UTF-8"
NOT_A_BASELINE = "is not what evaluate --json prints"
NOT_A_BASELINE_HINT = "make one with: articlebot evaluate --json FILE > baseline.json"

# Question sets: their form.
MORE_FAULTS = EnglishText("faults that are not listed: {count:,} more, the first of them here")
MORE_FAULTS_HINT = "mend the others first"
NO_QUESTIONS = "there are no questions"
QUESTION_LIST_EXAMPLE = "begin with questions: and a list below it"
TEXTS_WANTED = EnglishText("{key}: a text or a list of texts is wanted")
TEXT_WANTED = EnglishText("{key}: one text is wanted")
TEXT_WANTED_HINT = "not a list"
QUESTION_MISSING = "the question is missing"
QUESTION_EXAMPLE = "for example question: When does the ferry leave?"
QUESTION_ITEM_EXAMPLE = "for example - question: When does the ferry leave?"
QUESTION_REPEATED = EnglishText("“{question}” is asked twice")
QUESTION_REPEATED_HINT = EnglishText("it stands in {place} already")
NOTHING_EXPECTED = "it does not say what is expected"
NOTHING_EXPECTED_HINT = (
    "add sentence:, section:, summary: true, about: or not_answered: true; "
    "for example sentence: The ferry leaves at six."
)
NOT_ANSWERED_VALUE = "not_answered: only true can be said"
NOT_ANSWERED_VALUE_HINT = "leave it out where an answer is expected"
NOT_ANSWERED_CONTRADICTS = EnglishText("not_answered contradicts {keys}")
NOT_ANSWERED_CONTRADICTS_HINT = "keep the one or the other"
REQUEST_CONTRADICTS = EnglishText("{key} contradicts {keys}")
SUMMARY_VALUE = "summary: only true can be said"
SUMMARY_VALUE_HINT = "article: and section: say of what"
UNKNOWN_FACT = EnglishText("“{fact}” is nothing that is told about articles")
KNOWN_FACTS = EnglishText("known are {facts}")

# Question sets: what is expected, but not in the articles.
NO_ARTICLE = EnglishText("there is no article “{name}”")
SEVERAL_ARTICLES = EnglishText("several articles are called “{name}”")
SEVERAL_ARTICLES_HINT = EnglishText("give the id: {ids}")
NO_SECTION = EnglishText("there is no section “{name}”")
SEVERAL_SECTIONS_HOLD = EnglishText("the section “{name}” stands in several articles: {ids}")
SEVERAL_SENTENCES_HOLD = EnglishText("the sentence “{name}” stands in several articles: {ids}")
SEVERAL_HOLD_HINT = EnglishText("say which is meant, or list them, as in article: {id}")
NO_SENTENCE_IN_ARTICLES = EnglishText("“{text}” does not stand in the articles")
NO_SENTENCE_IN_NAMED = EnglishText("“{text}” does not stand in what is named")
STANDS_ELSEWHERE = EnglishText("it stands in {section}, {file}:{line}")
NEAREST_NAME = EnglishText("nearest to it: “{name}”")
NEAREST_SENTENCE = EnglishText("nearest to it: “{sentence}” in {file}:{line}")
NOTHING_READ = "there is none at all; articlebot check tells what was read"
HEADING = EnglishText("“{heading}”")
HEADING_OF_ARTICLE = EnglishText("“{heading}” ({id})")
LEAD = EnglishText("the lead of “{title}”")

# The report: its head and its metrics.
ASKING = "asking"
QUESTIONS_FROM = EnglishPlural(
    "{count:,} question from {files}", "{count:,} questions from {files}"
)
NO_VALUE = "–"
METRIC_LABELS = {
    "hit1": "hit@1",
    "hit3": "hit@3",
    "mrr": "MRR",
    "key": "key",
    "section": "section",
    "answered": "answered",
    "refused": "refused",
    "ece": "ECE",
}
METRIC_MEANINGS = {
    "hit1": "the first quotation holds what is expected",
    "hit3": "one of the first three does",
    "mrr": "mean of 1 / number of the first that does",
    "key": "the first one's key sentence is as expected",
    "section": "the first one is from a section expected",
    "answered": "of what the articles should answer",
    "refused": "of what they should not answer",
}
TOTAL_OF_COUNT = EnglishText("{total} of {count}")
KIND = "kind"
NO_KIND = "(none)"
METRIC_OF_KIND = EnglishText("{kind}: {metric}")

# The report: calibration.
NOTHING_ANSWERED = "No question was answered, so there is no confidence to look at."
CALIBRATION_COLUMNS = ("confidence", "answers", "mean", "right")
CONFIDENCE_RANGE = EnglishText("{low:.1f} to {high:.1f}")
CALIBRATION_ERROR = EnglishPlural(
    "expected calibration error {error:.3f} over {count:,} answer; threshold {threshold:g}",
    "expected calibration error {error:.3f} over {count:,} answers; threshold {threshold:g}",
)

# The report: failures.
NO_FAILURES = "Every question was answered, or refused, as expected."
FAILURES = EnglishText("Not as expected: {failures} of {questions}")
MORE_FAILURES = EnglishText("… and {count} more")
PLACE_OF_QUESTION = EnglishText("{file}:{line}  ")
ANSWERED_WRONGLY = EnglishText("answered though it should not be, with confidence {confidence:.2f}")
FROM_SECTION = EnglishText("from {section}")
MATCHED_WORDS = EnglishText("matched words: {words}")
FIRST_QUOTATION = EnglishText("first quotation: “{quotation}”")
WRONG_KEY_SENTENCE = EnglishText(
    "the first quotation is right, but not its key sentence: “{sentence}”"
)
TAKEN_FOR_SMALL_TALK = "taken for small talk"
TAKEN_FOR_REQUEST = "taken for a request for a summary, or about the articles themselves"
SUMMARY_OF_ARTICLE = EnglishText("a summary of “{title}”")
SUMMARY_OF_SECTION = EnglishText("a summary of {section}")
FACT_ABOUT = EnglishText("what is known of “{title}”: {fact}")
FACT_ABOUT_SEVERAL = EnglishText("what is known of several articles: {fact}")
ANSWERED_INSTEAD = EnglishText("answered with {what}")
QUOTATION_INSTEAD = EnglishText("a quotation from {section} (confidence {confidence:.2f})")
NOTHING_INSTEAD = "not answered"
EXPECTED_REQUEST = EnglishText("expected: {what}")
REFUSED_WITH = EnglishText(
    "refused with confidence {confidence:.2f}: the articles answer with probability "
    "{coverage:.2f} (threshold {threshold:.2f})"
)
NEAREST_IS_EXPECTED = EnglishText("nearest section: {section}, as expected")
NEAREST_IS_ANOTHER = EnglishText("nearest section: {section}, expected {expected}")
OTHER_SENTENCE = EnglishText(
    "answered from {section}, but with another sentence (confidence {confidence:.2f})"
)
OTHER_SECTION = EnglishText(
    "answered from {section} instead of {expected} (confidence {confidence:.2f})"
)
EXPECTED = EnglishText("expected: {texts}")
EXPECTED_SECTION_RANK = EnglishText("expected section: found as number {rank}")
EXPECTED_SENTENCE_RANK = EnglishText("expected sentence: found as number {rank}")
EXPECTED_SECTION_MISSING = EnglishPlural(
    "expected section: not in the only quotation",
    "expected section: not in the first {count} quotations",
)
EXPECTED_SENTENCE_MISSING = EnglishPlural(
    "expected sentence: not in the only quotation",
    "expected sentence: not in the first {count} quotations",
)
NOWHERE = EnglishText("nowhere in the articles: {words}")
CORRECTED = EnglishText("“{word}” was taken for “{meant}”")
QUOTED = EnglishText("“{text}”")

# The report: what changed since a baseline.
COMPARED = "Compared with the baseline"
COMPARISON_COLUMNS = ("", "before", "now", "change")
NOTHING_CHANGED = "No question is answered better or worse."
MOVED = EnglishText("{question}  ({before} → {now})")
LIST_HEAD = EnglishText("{title}: {count}")
BETTER = "Better"
WORSE = "Worse"
EXPECTATION_CHANGED = "Something else was expected then"
ONLY_NOW = "Not in the baseline"
ONLY_BEFORE = "Only in the baseline"
OUTCOMES = {
    "right": "right",
    "key_wrong": "right but for its key sentence",
    "wrong": "wrong",
    "refused": "refused",
    "not_refused": "answered",
}
OUTCOME_OF_RANK = EnglishText("number {rank}")
OUTCOME_OTHER_SENTENCE = "another sentence of the section"
OUTCOME_RIGHTLY_REFUSED = "refused"

# Targets of metrics that were missed.
TARGET_NOT_MEASURED = EnglishText(
    "{metric} can't be told: no question is about it, and {target:g} was asked for"
)
TARGET_BELOW = EnglishText(
    "{metric} is {value:.4f}: {gap:.4f} below the {target:g} that was asked for"
)
TARGET_ABOVE = EnglishText(
    "{metric} is {value:.4f}: {gap:.4f} above the {target:g} that was asked for"
)
