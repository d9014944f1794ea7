"""The fitted numbers of the confidence, and what people are told of it.

``python -m benchmarks.fit confidence --squad PATH --clapnq PATH --write`` finds all of them again,
by the criteria that ``benchmarks/fit/limits.py`` has, and writes them here. It prints them with
their standard errors. ``docs/quality.md`` has what they do on questions that were not fitted.
"""

from collections.abc import Mapping

# By the names of ``confidence_features.list_terms``: what each adds to the log-odds.
COEFFICIENTS: Mapping[str, float] = {
    "intercept": 1.11,
    # A passage that matches half as well is less likely right.
    "log_score_ratio": 0.62,
    # Where another passage does as well, the first may be the wrong one.
    "runner_up_ratio": -1.5,
    # Among more passages one matches by chance.
    "log_passages": -0.66,
    # A whole sentence says more of what is asked for than a few words ...
    "log_words": 0.84,
    # ... but a single name or noun is looked up.
    "has_few_words": 1.54,
    # The more is asked for, the more must match.
    "log_content_words": -2.76,
    # Who asks for nothing but the topic may mean anything of it.
    "asks_for_topic": -0.69,
    # A high ratio by one matched word proves little.
    "log_matched_concepts": 1.01,
    "log_concepts_in_sentence": 0.8,
    # Rare words prove more than frequent ones.
    "log_matched_weight": 1.85,
    "matched_name_share": 0.21,
    # Without the names that are asked for it is about somebody else.
    "missing_name_share": -0.53,
    # What was misspelt was meant.
    "corrected_share": 1.15,
    # Words that stand side by side in the question and in the text belong together.
    "adjacency": 1.62,
    # What has the form that is asked for, or lacks it.
    "is_number_missing": -1.96,
    "is_date_missing": -1.34,
    "is_form_there": 0.32,
    "is_form_missing": -0.37,
    "is_person_missing": -1.13,
    "is_definition_missing": -0.57,
    # A list or a box that was read as a sentence matches by chance.
    "is_sentence_long": -1.84,
}

# The lowest confidence at which a question is answered.
THRESHOLD = 0.11
# From this confidence on, people are told that an answer is sure.
SURE = 0.62
# Below this confidence, people are told that an answer is a faint match.
LIKELY = 0.37
