"""The fitted numbers of the confidence, and what people are told of it.

``python -m benchmarks.fit confidence --squad PATH --clapnq PATH --write`` finds all of them again,
by the criteria that ``benchmarks/fit/limits.py`` has, and writes them here. It prints them with
their standard errors. ``docs/quality.md`` has what they do on questions that were not fitted.
"""

from collections.abc import Mapping

# By the names of ``confidence_features.list_terms``: what each adds to the log-odds that the first
# quotation answers.
CONFIDENCE: Mapping[str, float] = {
    "intercept": 1.74,
    # A passage that matches half as well is less likely right.
    "log_score_ratio": 0.8,
    # Where another passage does as well, the first may be the wrong one.
    "runner_up_ratio": -1.65,
    # Among more passages one matches by chance.
    "log_passages": -0.58,
    # The more is asked for, the more must match.
    "log_content_words": -1.49,
    # Who asks for nothing but the topic may mean anything of it.
    "asks_for_topic": -0.88,
    # A high ratio by one matched word proves little.
    "log_matched_concepts": 0.59,
    "matched_share": 0.78,
    "log_concepts_in_sentence": 0.67,
    # Rare words prove more than frequent ones.
    "log_matched_weight": 1.6,
    # Without the names that are asked for it is about somebody else.
    "missing_name_share": -1.16,
    # Words that stand side by side in the question and in the text belong together.
    "adjacency": 1.32,
    # What has the form that is asked for, or lacks it.
    "is_number_missing": -1.85,
    "is_date_missing": -1.48,
    "is_form_there": 0.36,
    "is_form_missing": -0.52,
    "is_person_missing": -1.3,
    "is_definition_missing": -0.58,
    # What is about somebody else answers for somebody else.
    "missing_subject_share": -0.07,
    "is_about_other": -0.79,
    # A list or a box that was read as a sentence matches by chance.
    "is_sentence_long": -1.96,
}

# The same for the log-odds that the articles answer at all, with whichever passage.
COVERAGE: Mapping[str, float] = {
    "intercept": 2.48,
    "log_score_ratio": 1.26,
    "runner_up_ratio": 0.24,
    "log_passages": -0.39,
    "log_content_words": -0.82,
    "asks_for_topic": -0.04,
    "log_matched_concepts": -0.24,
    "matched_share": 1.63,
    "log_concepts_in_sentence": 0.22,
    "log_matched_weight": 0.98,
    "missing_name_share": -2.31,
    "adjacency": 1.4,
    "is_number_missing": -1.34,
    "is_date_missing": -0.62,
    "is_form_there": 0.02,
    "is_form_missing": -0.45,
    "is_person_missing": 0.18,
    "is_definition_missing": 0.29,
    "missing_subject_share": -0.69,
    "is_about_other": -0.52,
    "is_sentence_long": -2.35,
}

# Where passages are found by meaning, too: for the log-odds by words, and for the cosine, 0 to 1.
# ``python -m benchmarks.fit meaning --model PATH --write`` finds them, with all-MiniLM-L6-v2.
CONFIDENCE_WITH_MEANING: Mapping[str, float] = {
    "intercept": -1.65,
    "word_log_odds": 0.6,
    "cosine": 4.29,
}
COVERAGE_WITH_MEANING: Mapping[str, float] = {
    "intercept": -1.07,
    "word_log_odds": 0.71,
    "cosine": 3.73,
}

# The lowest probability that the articles answer at which a question is answered.
THRESHOLD = 0.48
# From this confidence on, people are told that an answer is sure.
SURE = 0.66
# Below this confidence, people are told that an answer is a faint match.
LIKELY = 0.33
