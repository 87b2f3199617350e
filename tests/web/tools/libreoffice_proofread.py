"""Proofread a Writer document's paragraphs with LibreOffice's own LanguageTool checker.

Run by the system's Python, which has UNO: it reads JSON from standard input, a list of
texts with their locales (`[["text", "en", "US"], …]`), and prints the errors of each.
The first argument is the server's address, the second a folder for a profile.
"""

import json
import subprocess
import sys
import time
from pathlib import Path
from uuid import uuid4
from xml.sax.saxutils import escape

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.lang import Locale

PROOFREADING = 2
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Linguistic/GrammarChecking/LanguageTool">
<prop oor:name="BaseURL" oor:op="fuse"><value>{address}</value></prop>
<prop oor:name="IsEnabled" oor:op="fuse"><value>true</value></prop></item>
</oor:items>"""


def connected(profile: Path):
    """Start LibreOffice and return its process and its component context."""
    pipe = f"glossary{uuid4().hex}"
    process = subprocess.Popen(
        [
            *("soffice", "--headless", "--norestore", "--nologo", "--nodefault"),
            f"-env:UserInstallation={profile.as_uri()}",
            f"--accept=pipe,name={pipe};urp;",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    for _ in range(600):
        try:
            address = f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext"
            return process, resolver.resolve(address)
        except NoConnectException:
            time.sleep(0.1)
    process.kill()
    raise SystemExit("LibreOffice did not start")


def written(desktop, paragraphs):
    """Return a new Writer document with these paragraphs in their languages."""
    hidden = PropertyValue()
    hidden.Name, hidden.Value = "Hidden", True
    document = desktop.loadComponentFromURL(
        "private:factory/swriter", "_blank", 0, (hidden,)
    )
    text = document.getText()
    cursor = text.createTextCursor()
    for number, (paragraph, language, country) in enumerate(paragraphs):
        if number:
            text.insertControlCharacter(cursor, 0, False)
        locale = Locale()
        locale.Language, locale.Country = language, country
        for name in ("CharLocale", "CharLocaleAsian"):
            cursor.setPropertyValue(name, locale)
        text.insertString(cursor, paragraph, False)
    return document


def proofread(context, document, paragraphs):
    """Return what the iterator over grammar checkers says of each paragraph."""
    iterator = context.ServiceManager.createInstanceWithContext(
        "com.sun.star.linguistic2.ProofreadingIterator", context
    )
    found = []
    flat = document.getFlatParagraphIterator(PROOFREADING, False)
    paragraph = flat.getFirstPara()
    while paragraph is not None:
        text = paragraph.getText()
        language = paragraphs[len(found)]
        locale = Locale()
        locale.Language, locale.Country = language[1], language[2]
        result = iterator.checkSentenceAtPosition(
            document, paragraph, text, locale, 0, len(text), -1
        )
        errors = result.aErrors if result is not None else ()
        found.append(
            [
                {
                    "start": error.nErrorStart,
                    "length": error.nErrorLength,
                    "short": error.aShortComment,
                    "full": error.aFullComment,
                    "suggestions": list(error.aSuggestions),
                }
                for error in errors
            ]
        )
        paragraph = flat.getNextPara()
    return found


def main() -> None:
    """Print the errors."""
    address, folder = sys.argv[1], Path(sys.argv[2])
    paragraphs = json.load(sys.stdin)
    (folder / "user").mkdir(parents=True)
    settings = SETTINGS.format(address=escape(address))
    (folder / "user" / "registrymodifications.xcu").write_text(settings)
    process, context = connected(folder)
    try:
        desktop = context.ServiceManager.createInstanceWithContext(
            "com.sun.star.frame.Desktop", context
        )
        document = written(desktop, paragraphs)
        print(json.dumps(proofread(context, document, paragraphs)))
        document.close(True)
        desktop.terminate()
    finally:
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


if __name__ == "__main__":
    main()
