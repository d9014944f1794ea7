"""The fitted numbers of the confidence, and what people are told of it.

``python -m benchmarks.fit confidence --squad PATH --clapnq PATH --write`` finds all of them again,
by the criteria that ``benchmarks/fit/limits.py`` has, and writes them here. It prints them with
their standard errors. ``docs/quality.md`` has what they do on questions that were not fitted.
"""

from collections.abc import Mapping

# By the names of ``confidence_features.list_terms``: what each adds to the log-odds that the first
# quotation answers.
CONFIDENCE: Mapping[str, float] = {
    "intercept": 1.81,
    # A passage that matches half as well is less likely right.
    "log_score_ratio": 0.79,
    # Where another passage does as well, the first may be the wrong one.
    "runner_up_ratio": -1.66,
    # Among more passages one matches by chance.
    "log_passages": -0.58,
    # The more is asked for, the more must match.
    "log_content_words": -1.59,
    # Who asks for nothing but the topic may mean anything of it.
    "asks_for_topic": -0.89,
    # A high ratio by one matched word proves little.
    "log_matched_concepts": 0.7,
    "matched_share": 0.72,
    "log_concepts_in_sentence": 0.66,
    # Rare words prove more than frequent ones.
    "log_matched_weight": 1.6,
    # Without the names that are asked for it is about somebody else.
    "missing_name_share": -1.17,
    # Words that stand side by side in the question and in the text belong together.
    "adjacency": 1.32,
    # What has the form that is asked for, or lacks it.
    "is_number_missing": -1.86,
    "is_date_missing": -1.24,
    "is_form_there": 0.35,
    "is_form_missing": -0.53,
    "is_person_missing": -1.3,
    "is_definition_missing": -0.58,
    # What is about somebody else answers for somebody else.
    "missing_subject_share": -0.08,
    "is_about_other": -0.79,
    # A list or a box that was read as a sentence matches by chance.
    "is_sentence_long": -1.96,
}

# The same for the log-odds that the articles answer at all, with whichever passage.
COVERAGE: Mapping[str, float] = {
    "intercept": 2.28,
    "log_score_ratio": 1.33,
    "runner_up_ratio": 0.19,
    "log_passages": -0.35,
    "log_content_words": -0.53,
    "asks_for_topic": -0.03,
    "log_matched_concepts": -0.23,
    "matched_share": 1.72,
    "log_concepts_in_sentence": 0.16,
    "log_matched_weight": 0.83,
    "missing_name_share": -2.33,
    "adjacency": 1.34,
    "is_number_missing": -1.35,
    "is_date_missing": -0.67,
    "is_form_there": 0.03,
    "is_form_missing": -0.45,
    "is_person_missing": 0.18,
    "is_definition_missing": 0.33,
    "missing_subject_share": -0.7,
    "is_about_other": -0.52,
    "is_sentence_long": -2.37,
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
THRESHOLD = 0.47
# From this confidence on, people are told that an answer is sure.
SURE = 0.67
# Below this confidence, people are told that an answer is a faint match.
LIKELY = 0.33
