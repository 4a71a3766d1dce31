"""Presidio's findings in rows of JSONL: `presidio_spans.py ROWS.jsonl OUT.jsonl MODEL`, run by an interpreter that has presidio_analyzer and the spaCy
model MODEL. All its recognisers of kinds are used, those of other languages' countries too, on English text. One line a row: [[type, start, end, score], …].
"""
import inspect, json, sys

from presidio_analyzer import AnalyzerEngine, EntityRecognizer, PatternRecognizer, RecognizerRegistry, predefined_recognizers
from presidio_analyzer.nlp_engine import NlpEngineProvider

rows, out, model = sys.argv[1:]
nlp = NlpEngineProvider(nlp_configuration={"nlp_engine_name": "spacy", "models": [{"lang_code": "en", "model_name": model}]}).create_engine()
registry = RecognizerRegistry(supported_languages=["en"])
registry.load_predefined_recognizers(languages=["en"], nlp_engine=nlp)
have = {type(each).__name__ for each in registry.recognizers}
for name, kind in sorted(vars(predefined_recognizers).items()):
    if inspect.isclass(kind) and issubclass(kind, PatternRecognizer) and name not in have and kind is not PatternRecognizer:
        try:
            registry.add_recognizer(kind(supported_language="en"))
        except Exception as error:  # a recogniser that needs a service, or settings
            print(f"{name} is left out: {error}", file=sys.stderr)
engine = AnalyzerEngine(registry=registry, nlp_engine=nlp, supported_languages=["en"])
with open(rows, encoding="utf-8") as lines, open(out, "w", encoding="utf-8") as file:
    for line in lines:
        found = engine.analyze(text=json.loads(line)["text"], language="en")
        file.write(json.dumps([[each.entity_type, each.start, each.end, each.score] for each in found]) + "\n")
