"""Two DAGs for Airflow 3: what is watched each day, and a candidate that is made each quarter. Nothing promotes by itself.

Set as variables of the environment of the workers: ADDRESS_MATCH_REGISTRY, FACTS (folder of facts), REFERENCE, LABELS and QUERIES
(files, see docs/operate/who-decides.md), and WORK, a folder that the workers share.
"""

from datetime import UTC, datetime

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

WATCH = {
    "report": 'address-match monitor report "$FACTS" --html report.html --json > report.json || test $? -eq 3',
    "audit": "address-match audit verify",
}
CANDIDATE = {
    "train": 'mkdir -p "$NAME" && address-match train bundle "$REFERENCE" --labels "$LABELS" --out "$NAME/bundle" --force',
    "take_in": 'address-match model import "$NAME/bundle" --name "$NAME"',
    "name": 'address-match model alias set challenger "$NAME"',
    "index": 'address-match index build "$REFERENCE" --out "$NAME/index" --bundle @challenger',
    "compare": 'address-match model compare @champion @challenger --queries "$QUERIES" --right-index "$NAME/index"'
    ' --json > "$NAME/comparison.json"',
    "record": 'address-match model record @challenger --out "$NAME/record" --force',
}
"""Where `compare` fails, a gate was not passed, and the steps end there."""


def chained(dag_id: str, schedule: str, steps: dict[str, str]) -> DAG:
    """Return a DAG of commands, one after the other, in the folder WORK."""
    start = datetime(2026, 1, 1, tzinfo=UTC)
    with DAG(dag_id, schedule=schedule, start_date=start, catchup=False, max_active_runs=1) as dag:
        before = None
        for name, command in steps.items():
            task = BashOperator(
                task_id=name,
                bash_command=f'cd "$WORK" && {command}',
                env={"NAME": "m{{ ds_nodash }}"},
                append_env=True,
            )
            if before is not None:
                before >> task
            before = task
    return dag


watch = chained("address_match_watch", "30 5 * * *", WATCH)
candidate = chained("address_match_candidate", "0 20 1 */3 *", CANDIDATE)
