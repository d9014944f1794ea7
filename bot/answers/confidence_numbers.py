"""The fitted numbers of the confidence, and what people are told of it.

``python -m benchmarks.fit confidence --squad PATH --clapnq PATH --write`` finds all of them again,
by the criteria that ``benchmarks/fit/limits.py`` has, and writes them here. It prints them with
their standard errors. ``docs/quality.md`` has what they do on questions that were not fitted.
"""

from collections.abc import Mapping

# By the names of ``confidence_features.list_terms``: what each adds to the log-odds that the first
# quotation answers.
CONFIDENCE: Mapping[str, float] = {
    "intercept": 1.73,
    # A passage that matches half as well is less likely right.
    "log_score_ratio": 0.58,
    # Where another passage does as well, the first may be the wrong one.
    "runner_up_ratio": -1.54,
    # Among more passages one matches by chance.
    "log_passages": -0.68,
    # The more is asked for, the more must match.
    "log_content_words": -1.86,
    # Who asks for nothing but the topic may mean anything of it.
    "asks_for_topic": -0.57,
    # A high ratio by one matched word proves little.
    "log_matched_concepts": 0.55,
    "matched_share": 0.64,
    "log_concepts_in_sentence": 0.78,
    # Rare words prove more than frequent ones.
    "log_matched_weight": 1.92,
    # Without the names that are asked for it is about somebody else.
    "missing_name_share": -0.59,
    # Words that stand side by side in the question and in the text belong together.
    "adjacency": 1.44,
    # What has the form that is asked for, or lacks it.
    "is_number_missing": -1.89,
    "is_date_missing": -1.37,
    "is_form_there": 0.35,
    "is_form_missing": -0.41,
    "is_person_missing": -1.18,
    "is_definition_missing": -0.7,
    # A list or a box that was read as a sentence matches by chance.
    "is_sentence_long": -1.83,
}

# The same for the log-odds that the articles answer at all, with whichever passage.
COVERAGE: Mapping[str, float] = {
    "intercept": 1.82,
    "log_score_ratio": 0.89,
    "runner_up_ratio": 0.42,
    "log_passages": -0.43,
    "log_content_words": -0.83,
    "asks_for_topic": 0.1,
    "log_matched_concepts": -0.49,
    "matched_share": 2.0,
    "log_concepts_in_sentence": 0.13,
    "log_matched_weight": 1.03,
    "missing_name_share": -1.65,
    "adjacency": 1.55,
    "is_number_missing": -1.21,
    "is_date_missing": -0.92,
    "is_form_there": -0.08,
    "is_form_missing": -0.31,
    "is_person_missing": 0.25,
    "is_definition_missing": 0.05,
    "is_sentence_long": -2.26,
}

# The lowest probability that the articles answer at which a question is answered.
THRESHOLD = 0.45
# From this confidence on, people are told that an answer is sure.
SURE = 0.67
# Below this confidence, people are told that an answer is a faint match.
LIKELY = 0.35
