"""How near to each other a model puts texts that have nothing to do with each other.

In: an encoder. Out: the mean cosine of questions and statements about different matters. Models
differ in it: with some it is 0.05, with others 0.7. What counts for a question is how far a cosine
is above that, as a share of how far it could be.
"""

import numpy as np

from bot.embeddings.encoder import Encoder, Float32Array, ModelError
from bot.texts import embeddings as texts

# Questions and statements about matters of many kinds, in pairs.
PAIRS = (
    ("How long do eggs have to boil?", "Soft eggs are done after about five minutes."),
    ("Who painted the ceiling?", "The frescoes above the altar are the work of two brothers."),
    ("When does the train leave?", "Departures are every half hour until midnight."),
    ("What is the capital of the province?", "The governor resides in the harbour town."),
    ("Why do leaves turn red?", "As days get shorter, chlorophyll breaks down."),
    ("How do I reset my password?", "Choose a new one through the link on the login page."),
    ("What does the contract say about notice?", "Either party may end it at three months' end."),
    ("Which vaccine is given first?", "Infants get a combined injection in their second month."),
    ("How many players are in a team?", "Eleven stand on the field, and seven on the bench."),
    ("What did the minister promise?", "She announced lower taxes on fuel for the coming year."),
    ("Is the lake safe for swimming?", "Signs warn of cold currents near the dam."),
    ("Where is the file saved?", "Documents lie in the user's home folder by default."),
)
# A model whose unrelated texts are nearer than this does not tell texts apart.
_MAX_BASELINE = 0.97


def find_baseline(encoder: Encoder) -> float:
    """Give the mean cosine of texts that have nothing to do with each other.

    Raises ModelError for a model to which all texts mean the same, or that fails.
    """
    questions = np.stack([encoder.encode_question(question) for question, _ in PAIRS])
    statements = np.stack([encoder.encode_passage(statement) for _, statement in PAIRS])
    cosines: Float32Array = questions @ statements.T
    is_unrelated = ~np.eye(len(PAIRS), dtype=np.bool_)  # bool, (questions, statements)
    baseline = float(cosines[is_unrelated].mean())
    if baseline > _MAX_BASELINE:
        raise ModelError(texts.NO_CONTRAST)
    return baseline
