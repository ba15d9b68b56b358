"""What can go wrong outside the handbook itself, and the exit codes of every command."""

CLEAN, FINDINGS, WRONG_USE, COULD_NOT_RUN = 0, 1, 2, 3


class UserError(Exception):
    """A wrong call or environment, told to the person at the terminal without a traceback.

    `message` says what is wrong, `hint` how to mend it; `code` is the exit status:
    `WRONG_USE` where the call can be corrected, `COULD_NOT_RUN` where the machine stands in the way.
    """

    def __init__(self, message: str, hint: str = "", *, code: int = WRONG_USE) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.code = code
