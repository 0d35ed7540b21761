"""What travels is small."""

import brotli
import pytest

from tests.support.page import Browser


def test_a_page_travels_compressed_to_a_browser_that_can_read_it(browser: Browser) -> None:
    plain = browser.request("GET", "/help")
    packed = browser.request("GET", "/help", headers={"Accept-Encoding": "gzip, br"})
    assert packed.headers["Content-Encoding"] == "br"
    assert {"Cookie", "Accept-Encoding"} <= packed.vary.as_set(preserve_casing=True)
    assert len(packed.data) < len(plain.data) / 2
    assert b"</html>" in brotli.decompress(packed.data)


@pytest.mark.parametrize("accepted", ["", "identity"])
def test_a_page_travels_plain_to_one_that_cannot(browser: Browser, accepted: str) -> None:
    answer = browser.request("GET", "/help", headers={"Accept-Encoding": accepted})
    assert "Content-Encoding" not in answer.headers
    assert b"</html>" in answer.data
