"""A real kernel to type cells into: what it prints, shows, raises, completes."""

import re

from jupyter_client.manager import start_new_kernel

TIMEOUT = 180


class Kernel:
    def __init__(self, folder):
        self.manager, self.client = start_new_kernel(cwd=str(folder))

    def run(self, cell):
        """The outputs of a cell."""
        found = []

        def hear(message):
            if message["msg_type"] in ("stream", "error", "execute_result", "display_data"):
                found.append(message["content"])

        self.client.execute_interactive(cell, output_hook=hear, timeout=TIMEOUT)
        return found

    def shown(self, cell):
        """What a cell shows, by type; a cell that raises fails the test with what it said."""
        outputs = self.run(cell)
        assert [one.get("evalue") for one in outputs if "ename" in one] == []
        return outputs[-1]["data"] if outputs and "data" in outputs[-1] else {}

    def value(self, expression):
        """The repr of an expression."""
        outputs = self.run(f"print(repr(({expression})), end='')")
        assert [one.get("evalue") for one in outputs if "ename" in one] == []
        return "".join(one["text"] for one in outputs)

    def error(self, cell):
        """What stands under a cell that raises, without colours."""
        outputs = self.run(cell)
        return [_plain(line) for one in outputs if "traceback" in one for line in one["traceback"]]

    def completions(self, text):
        return self._asked(self.client.complete(text))["matches"]

    def told(self, text):
        """What ``text?`` shows."""
        return _plain(self._asked(self.client.inspect(text, len(text)))["data"]["text/plain"])

    def _asked(self, message):
        while True:
            reply = self.client.get_shell_msg(timeout=TIMEOUT)
            if reply["parent_header"].get("msg_id") == message:
                return reply["content"]

    def stop(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


def _plain(text):
    return re.sub(r"\x1b\[[\d;]*m", "", text)
