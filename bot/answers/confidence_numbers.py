"""The fitted numbers of the confidence, and what people are told of it.

``python -m benchmarks.fit confidence --squad PATH --clapnq PATH --write`` finds all of them again,
by the criteria that ``benchmarks/fit/limits.py`` has, and writes them here. It prints them with
their standard errors. ``docs/quality.md`` has what they do on questions that were not fitted.
"""

from collections.abc import Mapping

# By the names of ``confidence_features.list_terms``: what each adds to the log-odds that the first
# quotation answers.
CONFIDENCE: Mapping[str, float] = {
    "intercept": 3.05,
    # A passage that matches half as well is less likely right.
    "log_score_ratio": 0.88,
    # Where another passage does as well, the first may be the wrong one.
    "runner_up_ratio": -1.61,
    # Among more passages one matches by chance.
    "log_passages": -0.59,
    # The more is asked for, the more must match.
    "log_content_words": -1.53,
    # Who asks for nothing but the topic may mean anything of it.
    "asks_for_topic": -0.66,
    # A high ratio by one matched word proves little.
    "log_matched_concepts": 0.46,
    "matched_share": -0.18,
    "log_concepts_in_sentence": 0.37,
    # Rare words prove more than frequent ones.
    "log_matched_weight": 1.67,
    # Without the names that are asked for it is about somebody else.
    "missing_name_share": -1.35,
    # Words that stand side by side in the question and in the text belong together.
    "adjacency": 1.86,
    # What has the form that is asked for, or lacks it.
    "is_number_missing": -1.75,
    "is_date_missing": -1.33,
    "is_form_there": 0.44,
    "is_form_missing": -0.67,
    "is_person_missing": -1.28,
    "is_definition_missing": -0.33,
    # What is about somebody else answers for somebody else.
    "missing_subject_share": -0.17,
    "is_about_other": -0.74,
    # A list or a box that was read as a sentence matches by chance.
    "is_sentence_long": -1.73,
}

# The same for the log-odds that the articles answer at all, with whichever passage.
COVERAGE: Mapping[str, float] = {
    "intercept": 3.14,
    "log_score_ratio": 1.43,
    "runner_up_ratio": 0.06,
    "log_passages": -0.47,
    "log_content_words": -0.97,
    "asks_for_topic": 0.21,
    "log_matched_concepts": -0.15,
    "matched_share": 1.09,
    "log_concepts_in_sentence": 0.38,
    "log_matched_weight": 1.2,
    "missing_name_share": -2.31,
    "adjacency": 1.19,
    "is_number_missing": -1.46,
    "is_date_missing": -0.96,
    "is_form_there": 0.11,
    "is_form_missing": -0.47,
    "is_person_missing": 0.18,
    "is_definition_missing": -0.16,
    "missing_subject_share": -0.68,
    "is_about_other": -0.26,
    "is_sentence_long": -2.17,
}

# Where passages are found by meaning, too: for the log-odds by words, and for the cosine, 0 to 1.
# ``python -m benchmarks.fit meaning --model PATH --write`` finds them, with all-MiniLM-L6-v2.
CONFIDENCE_WITH_MEANING: Mapping[str, float] = {
    "intercept": -1.7,
    "word_log_odds": 0.7,
    "cosine": 4.37,
}
COVERAGE_WITH_MEANING: Mapping[str, float] = {
    "intercept": -1.18,
    "word_log_odds": 0.7,
    "cosine": 4.07,
}

# The lowest probability that the articles answer at which a question is answered.
THRESHOLD = 0.46
# From this confidence on, people are told that an answer is sure.
SURE = 0.66
# Below this confidence, people are told that an answer is a faint match.
LIKELY = 0.43
