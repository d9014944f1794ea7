"""The fitted numbers of the confidence, and what people are told of it.

``python -m benchmarks.fit confidence --squad PATH --clapnq PATH --write`` finds all of them again,
by the criteria that ``benchmarks/fit/limits.py`` has, and writes them here, but for ``LIKELY``. It
prints them with their standard errors. ``docs/quality.md`` has what they do on questions that were
not fitted.
"""

from collections.abc import Mapping

# By the names of ``confidence_features.TERMS``: what each adds to the log-odds that the first
# quotation answers.
CONFIDENCE: Mapping[str, float] = {
    "intercept": -1.45,
    # A passage that matches half as well is less likely right.
    "log_score_ratio": 0.47,
    # Where another passage does as well, the first may be the wrong one.
    "runner_up_ratio": -1.71,
    # Among more passages one matches by chance.
    "log_passages": -0.33,
    # The more is asked for, the more must match.
    "log_content_words": -2.56,
    # Who asks for nothing but the topic may mean anything of it.
    "asks_for_topic": -0.83,
    "matched_share": 1.06,
    "log_concepts_in_sentence": 0.6,
    # Rare words prove more than frequent ones.
    "log_matched_weight": 0.89,
    # What stands nowhere counts in the shares; how many words that are tells little beside them.
    "log_unknown_words": 0.26,
    # What other hits have is at least a matter of these articles.
    "log_lacking_concepts": 0.93,
    # A word that any text may have proves little, however seldom these articles have it.
    "log_matched_surprisal": 1.46,
    # The more of what is asked it tells, the likelier it is meant.
    "surprisal_share": 0.43,
    # Without the names that are asked for it is about somebody else.
    "missing_name_share": -1.51,
    # Words that stand side by side in the question and in the text belong together.
    "adjacency": 1.68,
    # What has the form that is asked for, or lacks it.
    "is_number_missing": -1.35,
    "is_date_missing": -1.0,
    "is_form_there": 0.5,
    "is_form_missing": -0.64,
    "is_person_missing": -1.25,
    # What is about somebody else answers for somebody else.
    "missing_subject_share": -0.19,
    "is_about_other": -0.81,
    # A list or a box that was read as a sentence matches by chance.
    "is_sentence_long": -1.59,
}

# The same for the log-odds that the articles answer at all, with whichever passage.
COVERAGE: Mapping[str, float] = {
    "intercept": -2.88,
    "log_score_ratio": 0.27,
    "runner_up_ratio": -0.36,
    "log_passages": 0.0,
    "log_content_words": -2.22,
    "asks_for_topic": 0.06,
    "matched_share": 1.77,
    "log_concepts_in_sentence": 0.59,
    "log_matched_weight": -0.12,
    "log_unknown_words": -0.16,
    "log_lacking_concepts": 1.25,
    "log_matched_surprisal": 1.17,
    "surprisal_share": 2.71,
    "missing_name_share": -1.73,
    "adjacency": 1.21,
    "is_number_missing": -1.45,
    "is_date_missing": -0.9,
    "is_form_there": 0.25,
    "is_form_missing": -0.4,
    "is_person_missing": 0.17,
    "missing_subject_share": -0.63,
    "is_about_other": -0.42,
    "is_sentence_long": -2.01,
}

# Where passages are found by meaning, too: for the log-odds by words, and for the cosine, 0 to 1.
# ``python -m benchmarks.fit meaning --model PATH --write`` finds them, with all-MiniLM-L6-v2.
CONFIDENCE_WITH_MEANING: Mapping[str, float] = {
    "intercept": -1.82,
    "word_log_odds": 0.64,
    "cosine": 4.68,
}
COVERAGE_WITH_MEANING: Mapping[str, float] = {
    "intercept": -1.46,
    "word_log_odds": 0.71,
    "cosine": 4.74,
}

# The lowest probability that the articles answer at which a question is answered.
THRESHOLD = 0.44
# From this confidence on, people are told that an answer is sure.
SURE = 0.63
# Below this confidence, people are told that an answer is a faint match: it is likelier wrong.
LIKELY = 0.5
