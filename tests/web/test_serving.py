"""The socket that is listened at."""

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor

from framework_coder.web.serving import LOOPBACK, listen_at


def test_the_pieces_of_an_answer_do_not_wait_for_each_other() -> None:
    async def is_prompt() -> bool:
        found: list[bool] = []

        def note(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            connection = writer.get_extra_info("socket")
            found.append(bool(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)))
            writer.close()

        with listen_at(LOOPBACK, 0) as listener:
            async with await asyncio.start_server(note, sock=listener):
                reader, writer = await asyncio.open_connection(*listener.getsockname())
                await reader.read()
                writer.close()
        return all(found) and bool(found)

    with ThreadPoolExecutor(1) as thread:  # where no other test has a loop
        assert thread.submit(asyncio.run, is_prompt()).result()
