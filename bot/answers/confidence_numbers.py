"""The fitted numbers of the confidence, and what people are told of it.

``python -m benchmarks.fit confidence --squad PATH --clapnq PATH --write`` finds all of them again,
by the criteria that ``benchmarks/fit/limits.py`` has, and writes them here. It prints them with
their standard errors. ``docs/quality.md`` has what they do on questions that were not fitted.
"""

from collections.abc import Mapping

# By the names of ``confidence_features.list_terms``: what each adds to the log-odds that the first
# quotation answers.
CONFIDENCE: Mapping[str, float] = {
    "intercept": 1.82,
    # A passage that matches half as well is less likely right.
    "log_score_ratio": 0.74,
    # Where another passage does as well, the first may be the wrong one.
    "runner_up_ratio": -1.63,
    # Among more passages one matches by chance.
    "log_passages": -0.59,
    # The more is asked for, the more must match.
    "log_content_words": -1.72,
    # Who asks for nothing but the topic may mean anything of it.
    "asks_for_topic": -0.87,
    # A high ratio by one matched word proves little.
    "log_matched_concepts": 0.8,
    "matched_share": 0.65,
    "log_concepts_in_sentence": 0.64,
    # Rare words prove more than frequent ones.
    "log_matched_weight": 1.63,
    # Without the names that are asked for it is about somebody else.
    "missing_name_share": -1.03,
    # Words that stand side by side in the question and in the text belong together.
    "adjacency": 1.37,
    # What has the form that is asked for, or lacks it.
    "is_number_missing": -1.85,
    "is_date_missing": -1.46,
    "is_form_there": 0.41,
    "is_form_missing": -0.53,
    "is_person_missing": -1.28,
    "is_definition_missing": -0.58,
    # What is about somebody else answers for somebody else.
    "missing_subject_share": -0.06,
    "is_about_other": -0.8,
    # A list or a box that was read as a sentence matches by chance.
    "is_sentence_long": -1.96,
}

# The same for the log-odds that the articles answer at all, with whichever passage.
COVERAGE: Mapping[str, float] = {
    "intercept": 2.43,
    "log_score_ratio": 1.35,
    "runner_up_ratio": 0.32,
    "log_passages": -0.37,
    "log_content_words": -0.65,
    "asks_for_topic": -0.06,
    "log_matched_concepts": -0.19,
    "matched_share": 1.64,
    "log_concepts_in_sentence": 0.17,
    "log_matched_weight": 0.83,
    "missing_name_share": -2.26,
    "adjacency": 1.33,
    "is_number_missing": -1.36,
    "is_date_missing": -0.63,
    "is_form_there": 0.04,
    "is_form_missing": -0.4,
    "is_person_missing": 0.17,
    "is_definition_missing": 0.32,
    "missing_subject_share": -0.69,
    "is_about_other": -0.51,
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
LIKELY = 0.34
