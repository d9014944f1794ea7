"""The command: each number of the product beside the one that is found again."""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from benchmarks.fit import (
    alignment,
    anaphora,
    answering,
    assurance,
    confidence,
    cosines,
    meaning,
    mixed_ranking,
    ranking,
    search,
    smalltalk,
)
from benchmarks.fit.model import Fit, FitOptions, MissingDataError
from benchmarks.fit.tables import LEGEND, render_fit, render_rest
from benchmarks.quality.sets import SetError

FITS: Mapping[str, Callable[[FitOptions], Fit]] = {
    "ranking": ranking.fit,
    "ranking-golden": ranking.fit_golden,
    "ranking-mixed": mixed_ranking.fit,
    "cosines": cosines.fit,
    "confidence": confidence.fit,
    "meaning": meaning.fit,
    "assurance": assurance.fit,
    "answering": answering.fit,
    "search": search.fit,
    "smalltalk": smalltalk.fit,
    "anaphora": anaphora.fit,
    "alignment": alignment.fit,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables. Gives 0, or 2 for a path or an option that cannot be used."""
    options = _parser().parse_args(arguments)
    asked = FitOptions(
        options.squad, options.clapnq, options.seed, model=options.model, write=options.write
    )
    fits: list[Fit] = []
    print(f"# The numbers of the product, found again (seed {asked.seed})\n\n{LEGEND}", end="\n\n")
    try:
        for name in options.names or FITS:
            try:
                fits.append(FITS[name](asked))
            except MissingDataError as error:
                print(f"Left out: {name}: {error}", end="\n\n", flush=True)
            else:
                print(render_fit(fits[-1]), end="\n\n", flush=True)
    except SetError as error:
        print(f"benchmarks.fit: {error}", file=sys.stderr)
        return 2
    print(render_rest(fits))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m benchmarks.fit", description=__doc__)
    names = ", ".join(FITS)
    parser.add_argument(
        "names", nargs="*", type=_name, metavar="NAME", help=f"some of {names}; by default all"
    )
    parser.add_argument(
        "--squad", type=Path, metavar="PATH", help="a SQuAD file of at least eight articles"
    )
    about = "a JSON list of objects with q, title, sentences, gold (places of those that answer)"
    parser.add_argument("--clapnq", type=Path, metavar="PATH", help=about)
    about = "the folder of a model of sentence embeddings"
    parser.add_argument("--model", type=Path, metavar="PATH", help=about)
    parser.add_argument(
        "--seed", type=int, default=1, metavar="N", help="of everything that is drawn; default 1"
    )
    about = "write what is found into the product: the coefficients and limits of the confidence"
    parser.add_argument("--write", action="store_true", help=about)
    return parser


def _name(text: str) -> str:
    if text not in FITS:
        raise argparse.ArgumentTypeError(f"there is no fit {text}; there are {', '.join(FITS)}")
    return text


if __name__ == "__main__":
    sys.exit(main())
