"""The fitted numbers of the confidence, and what people are told of it.

``python -m benchmarks.fit confidence --squad PATH --clapnq PATH --write`` finds all of them again,
by the criteria that ``benchmarks/fit/limits.py`` has, and writes them here. It prints them with
their standard errors. ``docs/quality.md`` has what they do on questions that were not fitted.
"""

from collections.abc import Mapping

# By the names of ``confidence_features.list_terms``: what each adds to the log-odds that the first
# quotation answers.
CONFIDENCE: Mapping[str, float] = {
    "intercept": 2.98,
    # A passage that matches half as well is less likely right.
    "log_score_ratio": 0.88,
    # Where another passage does as well, the first may be the wrong one.
    "runner_up_ratio": -1.69,
    # Among more passages one matches by chance.
    "log_passages": -0.59,
    # The more is asked for, the more must match.
    "log_content_words": -1.46,
    # Who asks for nothing but the topic may mean anything of it.
    "asks_for_topic": -0.74,
    # A high ratio by one matched word proves little.
    "log_matched_concepts": 0.42,
    "matched_share": -0.07,
    "log_concepts_in_sentence": 0.3,
    # Rare words prove more than frequent ones.
    "log_matched_weight": 1.69,
    # Without the names that are asked for it is about somebody else.
    "missing_name_share": -1.38,
    # Words that stand side by side in the question and in the text belong together.
    "adjacency": 1.98,
    # What has the form that is asked for, or lacks it.
    "is_number_missing": -1.74,
    "is_date_missing": -1.32,
    "is_form_there": 0.47,
    "is_form_missing": -0.65,
    "is_person_missing": -1.27,
    "is_definition_missing": -0.48,
    # What is about somebody else answers for somebody else.
    "missing_subject_share": -0.18,
    "is_about_other": -0.78,
    # A list or a box that was read as a sentence matches by chance.
    "is_sentence_long": -1.76,
}

# The same for the log-odds that the articles answer at all, with whichever passage.
COVERAGE: Mapping[str, float] = {
    "intercept": 2.97,
    "log_score_ratio": 1.4,
    "runner_up_ratio": -0.01,
    "log_passages": -0.45,
    "log_content_words": -0.92,
    "asks_for_topic": 0.19,
    "log_matched_concepts": -0.22,
    "matched_share": 1.21,
    "log_concepts_in_sentence": 0.43,
    "log_matched_weight": 1.16,
    "missing_name_share": -2.35,
    "adjacency": 1.3,
    "is_number_missing": -1.45,
    "is_date_missing": -0.95,
    "is_form_there": 0.13,
    "is_form_missing": -0.44,
    "is_person_missing": 0.19,
    "is_definition_missing": 0.02,
    "missing_subject_share": -0.68,
    "is_about_other": -0.45,
    "is_sentence_long": -2.21,
}

# Where passages are found by meaning, too: for the log-odds by words, and for the cosine, 0 to 1.
# ``python -m benchmarks.fit meaning --model PATH --write`` finds them, with all-MiniLM-L6-v2.
CONFIDENCE_WITH_MEANING: Mapping[str, float] = {
    "intercept": -1.69,
    "word_log_odds": 0.68,
    "cosine": 4.35,
}
COVERAGE_WITH_MEANING: Mapping[str, float] = {
    "intercept": -1.16,
    "word_log_odds": 0.7,
    "cosine": 4.06,
}

# The lowest probability that the articles answer at which a question is answered.
THRESHOLD = 0.46
# From this confidence on, people are told that an answer is sure.
SURE = 0.66
# Below this confidence, people are told that an answer is a faint match.
LIKELY = 0.38
