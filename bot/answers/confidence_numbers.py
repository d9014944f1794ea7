"""The fitted numbers of the confidence, and what people are told of it.

``python -m benchmarks.fit confidence --squad PATH --clapnq PATH --write`` finds all of them again,
by the criteria that ``benchmarks/fit/limits.py`` has, and writes them here. It prints them with
their standard errors. ``docs/quality.md`` has what they do on questions that were not fitted.
"""

from collections.abc import Mapping

# By the names of ``confidence_features.list_terms``: what each adds to the log-odds that the first
# quotation answers.
CONFIDENCE: Mapping[str, float] = {
    "intercept": -0.02,
    # A passage that matches half as well is less likely right.
    "log_score_ratio": 0.61,
    # Where another passage does as well, the first may be the wrong one.
    "runner_up_ratio": -1.66,
    # Among more passages one matches by chance.
    "log_passages": -0.36,
    # The more is asked for, the more must match.
    "log_content_words": -2.09,
    # Who asks for nothing but the topic may mean anything of it.
    "asks_for_topic": -0.79,
    "matched_share": -0.06,
    "log_concepts_in_sentence": 0.47,
    # Rare words prove more than frequent ones.
    "log_matched_weight": 1.02,
    # What stands nowhere speaks against what does.
    "log_unknown_words": -0.28,
    # A word that any text may have proves little, however seldom these articles have it.
    "log_matched_surprisal": 1.37,
    # Without the names that are asked for it is about somebody else.
    "missing_name_share": -1.2,
    # Words that stand side by side in the question and in the text belong together.
    "adjacency": 1.61,
    # What has the form that is asked for, or lacks it.
    "is_number_missing": -1.86,
    "is_date_missing": -1.02,
    "is_form_there": 0.49,
    "is_form_missing": -0.65,
    "is_person_missing": -1.23,
    "is_definition_missing": -0.62,
    # What is about somebody else answers for somebody else.
    "missing_subject_share": -0.23,
    "is_about_other": -0.75,
    # A list or a box that was read as a sentence matches by chance.
    "is_sentence_long": -1.62,
}

# The same for the log-odds that the articles answer at all, with whichever passage.
COVERAGE: Mapping[str, float] = {
    "intercept": -0.16,
    "log_score_ratio": 0.92,
    "runner_up_ratio": -0.23,
    "log_passages": -0.09,
    "log_content_words": -1.78,
    "asks_for_topic": 0.1,
    "matched_share": 0.77,
    "log_concepts_in_sentence": 0.32,
    "log_matched_weight": 0.06,
    "log_unknown_words": -1.05,
    "log_matched_surprisal": 1.54,
    "missing_name_share": -1.85,
    "adjacency": 1.06,
    "is_number_missing": -1.55,
    "is_date_missing": -0.89,
    "is_form_there": 0.21,
    "is_form_missing": -0.47,
    "is_person_missing": 0.25,
    "is_definition_missing": -0.56,
    "missing_subject_share": -0.73,
    "is_about_other": -0.32,
    "is_sentence_long": -2.07,
}

# Where passages are found by meaning, too: for the log-odds by words, and for the cosine, 0 to 1.
# ``python -m benchmarks.fit meaning --model PATH --write`` finds them, with all-MiniLM-L6-v2.
CONFIDENCE_WITH_MEANING: Mapping[str, float] = {
    "intercept": -1.74,
    "word_log_odds": 0.65,
    "cosine": 4.46,
}
COVERAGE_WITH_MEANING: Mapping[str, float] = {
    "intercept": -1.36,
    "word_log_odds": 0.69,
    "cosine": 4.48,
}

# The lowest probability that the articles answer at which a question is answered.
THRESHOLD = 0.44
# From this confidence on, people are told that an answer is sure.
SURE = 0.65
# Below this confidence, people are told that an answer is a faint match.
LIKELY = 0.5
