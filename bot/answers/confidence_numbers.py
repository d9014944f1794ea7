"""The fitted numbers of the confidence, and what people are told of it.

``python -m benchmarks.fit confidence --squad PATH --clapnq PATH --write`` finds all of them again,
by the criteria that ``benchmarks/fit/limits.py`` has, and writes them here, but for ``LIKELY``. It
prints them with their standard errors. ``docs/quality.md`` has what they do on questions that were
not fitted.
"""

from collections.abc import Mapping

# By the names of ``confidence_features.list_terms``: what each adds to the log-odds that the first
# quotation answers.
CONFIDENCE: Mapping[str, float] = {
    "intercept": -1.21,
    # A passage that matches half as well is less likely right.
    "log_score_ratio": 0.51,
    # Where another passage does as well, the first may be the wrong one.
    "runner_up_ratio": -1.71,
    # Among more passages one matches by chance.
    "log_passages": -0.33,
    # The more is asked for, the more must match.
    "log_content_words": -2.5,
    # Who asks for nothing but the topic may mean anything of it.
    "asks_for_topic": -0.82,
    "matched_share": 0.86,
    "log_concepts_in_sentence": 0.59,
    # Rare words prove more than frequent ones.
    "log_matched_weight": 0.91,
    # What stands nowhere speaks against what does.
    "log_unknown_words": 0.18,
    # What other passages have is at least a matter of these articles.
    "log_lacking_concepts": 0.77,
    # A word that any text may have proves little, however seldom these articles have it.
    "log_matched_surprisal": 1.45,
    # The more of what is asked it tells, the likelier it is meant.
    "surprisal_share": 0.38,
    # Without the names that are asked for it is about somebody else.
    "missing_name_share": -1.51,
    # Words that stand side by side in the question and in the text belong together.
    "adjacency": 1.63,
    # What has the form that is asked for, or lacks it.
    "is_number_missing": -1.34,
    "is_date_missing": -1.0,
    "is_form_there": 0.51,
    "is_form_missing": -0.63,
    "is_person_missing": -1.25,
    # What is about somebody else answers for somebody else.
    "missing_subject_share": -0.19,
    "is_about_other": -0.79,
    # A list or a box that was read as a sentence matches by chance.
    "is_sentence_long": -1.62,
}

# The same for the log-odds that the articles answer at all, with whichever passage.
COVERAGE: Mapping[str, float] = {
    "intercept": -2.56,
    "log_score_ratio": 0.3,
    "runner_up_ratio": -0.36,
    "log_passages": 0.0,
    "log_content_words": -2.06,
    "asks_for_topic": 0.08,
    "matched_share": 1.45,
    "log_concepts_in_sentence": 0.56,
    "log_matched_weight": -0.09,
    "log_unknown_words": -0.3,
    "log_lacking_concepts": 0.99,
    "log_matched_surprisal": 1.14,
    "surprisal_share": 2.67,
    "missing_name_share": -1.72,
    "adjacency": 1.16,
    "is_number_missing": -1.42,
    "is_date_missing": -0.9,
    "is_form_there": 0.26,
    "is_form_missing": -0.39,
    "is_person_missing": 0.17,
    "missing_subject_share": -0.62,
    "is_about_other": -0.39,
    "is_sentence_long": -2.05,
}

# Where passages are found by meaning, too: for the log-odds by words, and for the cosine, 0 to 1.
# ``python -m benchmarks.fit meaning --model PATH --write`` finds them, with all-MiniLM-L6-v2.
CONFIDENCE_WITH_MEANING: Mapping[str, float] = {
    "intercept": -1.83,
    "word_log_odds": 0.64,
    "cosine": 4.67,
}
COVERAGE_WITH_MEANING: Mapping[str, float] = {
    "intercept": -1.49,
    "word_log_odds": 0.72,
    "cosine": 4.71,
}

# The lowest probability that the articles answer at which a question is answered.
THRESHOLD = 0.42
# From this confidence on, people are told that an answer is sure.
SURE = 0.63
# Below this confidence, people are told that an answer is a faint match: it is likelier wrong.
LIKELY = 0.5
