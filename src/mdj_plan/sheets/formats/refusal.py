"""What no reader can or may read: the one exception by which a file of somebody's is refused."""

from __future__ import annotations

from mdj_plan.sheets.cells import Fault


class Refused(Exception):  # noqa: N818 - it says what was done with the file
    """The file is not read: the fault to report. `row` and `column` count from 0, -1 where it is about no cell.

    `form` names the content of a file that is no return (F101), where its variant does not.
    """

    def __init__(
        self, code: str, variant: str = "", *, form: str = "", value: str | None = None, row: int = -1, column: int = -1
    ) -> None:
        super().__init__(code)
        args = (("format", form or variant),) if code == "F101" else ()
        self.fault = Fault(code, None, row, column, value, variant, args)
