"""The fitted numbers of the confidence, and what people are told of it.

``python -m benchmarks.fit confidence --squad PATH --clapnq PATH --write`` finds all of them again,
by the criteria that ``benchmarks/fit/limits.py`` has, and writes them here. It prints them with
their standard errors. ``docs/quality.md`` has what they do on questions that were not fitted.
"""

from collections.abc import Mapping

# By the names of ``confidence_features.list_terms``: what each adds to the log-odds that the first
# quotation answers.
CONFIDENCE: Mapping[str, float] = {
    "intercept": 0.07,
    # A passage that matches half as well is less likely right.
    "log_score_ratio": 0.67,
    # Where another passage does as well, the first may be the wrong one.
    "runner_up_ratio": -1.65,
    # Among more passages one matches by chance.
    "log_passages": -0.37,
    # The more is asked for, the more must match.
    "log_content_words": -2.06,
    # Who asks for nothing but the topic may mean anything of it.
    "asks_for_topic": -0.78,
    "matched_share": -0.13,
    "log_concepts_in_sentence": 0.5,
    # Rare words prove more than frequent ones.
    "log_matched_weight": 1.06,
    # What stands nowhere speaks against what does.
    "log_unknown_words": -0.26,
    # A word that any text may have proves little, however seldom these articles have it.
    "log_matched_surprisal": 1.33,
    # Without the names that are asked for it is about somebody else.
    "missing_name_share": -1.19,
    # Words that stand side by side in the question and in the text belong together.
    "adjacency": 1.55,
    # What has the form that is asked for, or lacks it.
    "is_number_missing": -1.29,
    "is_date_missing": -1.02,
    "is_form_there": 0.49,
    "is_form_missing": -0.67,
    "is_person_missing": -1.24,
    # What is about somebody else answers for somebody else.
    "missing_subject_share": -0.22,
    "is_about_other": -0.77,
    # A list or a box that was read as a sentence matches by chance.
    "is_sentence_long": -1.64,
}

# The same for the log-odds that the articles answer at all, with whichever passage.
COVERAGE: Mapping[str, float] = {
    "intercept": -0.14,
    "log_score_ratio": 0.94,
    "runner_up_ratio": -0.23,
    "log_passages": -0.09,
    "log_content_words": -1.74,
    "asks_for_topic": 0.13,
    "matched_share": 0.74,
    "log_concepts_in_sentence": 0.35,
    "log_matched_weight": 0.05,
    "log_unknown_words": -1.03,
    "log_matched_surprisal": 1.51,
    "missing_name_share": -1.82,
    "adjacency": 1.07,
    "is_number_missing": -1.34,
    "is_date_missing": -0.88,
    "is_form_there": 0.21,
    "is_form_missing": -0.52,
    "is_person_missing": 0.25,
    "missing_subject_share": -0.69,
    "is_about_other": -0.36,
    "is_sentence_long": -2.1,
}

# Where passages are found by meaning, too: for the log-odds by words, and for the cosine, 0 to 1.
# ``python -m benchmarks.fit meaning --model PATH --write`` finds them, with all-MiniLM-L6-v2.
CONFIDENCE_WITH_MEANING: Mapping[str, float] = {
    "intercept": -1.76,
    "word_log_odds": 0.64,
    "cosine": 4.57,
}
COVERAGE_WITH_MEANING: Mapping[str, float] = {
    "intercept": -1.36,
    "word_log_odds": 0.69,
    "cosine": 4.57,
}

# The lowest probability that the articles answer at which a question is answered.
THRESHOLD = 0.44
# From this confidence on, people are told that an answer is sure.
SURE = 0.65
# Below this confidence, people are told that an answer is a faint match.
LIKELY = 0.51
