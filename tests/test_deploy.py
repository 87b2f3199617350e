"""What `deploy/` shows is safe to copy."""

import re
import shutil
import ssl
import subprocess
from pathlib import Path
from typing import Final

import pytest

from tests.running import needs

DEPLOY: Final = Path(__file__).parent.parent / "deploy"


def text(name: str) -> str:
    return (DEPLOY / name).read_text(encoding="utf-8")


def test_the_proxies_have_tls_and_time_outs() -> None:
    nginx = text("nginx.conf")
    assert "ssl_protocols TLSv1.2 TLSv1.3;" in nginx
    assert "return 308 https://" in nginx
    for bound in ("client_body_timeout", "client_header_timeout", "send_timeout"):
        assert re.search(rf"^    {bound} \d+s;", nginx, re.MULTILINE), bound
    assert "proxy_request_buffering on;" in nginx
    haproxy = text("haproxy.cfg")
    for bound in ("http-request", "http-keep-alive", "client", "server", "queue"):
        assert re.search(rf"^    timeout {bound} \d+s", haproxy, re.MULTILINE), bound
    assert "option http-buffer-request" in haproxy
    assert re.search(r"read_header \d+s", text("Caddyfile"))
    single = text("single.compose.yaml")
    assert "./Caddyfile:/etc/caddy/Caddyfile:ro" in single
    for name in re.findall(r"^      (TERMS_\w+):", single, re.MULTILINE):
        assert text("Caddyfile").count(f"{{${name}:") == 2, name


def test_a_first_admin_of_a_container_gets_a_link_that_leads_to_the_proxy() -> None:
    assert 'GLOSSARY_URL: "https://${TERMS_HOST' in text("single.compose.yaml")


@pytest.mark.parametrize(
    ("program", "file", "command"),
    [
        ("caddy", "Caddyfile", "validate --adapter caddyfile --config"),
        ("haproxy", "haproxy.cfg", "-c -f"),
    ],
)
def test_each_proxy_understands_its_file(
    program: str, file: str, command: str, tmp_path: Path
) -> None:
    needs(shutil.which(program), program)
    content = re.sub(r"\bweb([12]):8000", r"127.0.0.1:800\1", text(file))
    (tmp_path / file).write_text(content)
    done = subprocess.run(
        [program, *command.split(), str(tmp_path / file)],
        capture_output=True,
        text=True,
        check=False,
        env={"HOME": str(tmp_path), "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"},
    )
    assert done.returncode == 0, done.stderr


def test_databases_and_their_keepers_speak_tls_and_know_each_other() -> None:
    """The fail-over test runs them like that."""
    patroni, compose = text("patroni.yml"), text("compose.yaml")
    assert "- host " not in patroni
    assert patroni.count("- hostssl ") == 2
    assert patroni.count("sslmode: verify-ca") == 2
    assert "verify_client: optional" in patroni
    assert "PATRONI_RESTAPI_PASSWORD" in compose
    assert "protocol: https" in patroni
    assert "http://" not in compose
    assert "--client-cert-auth" in compose
    assert "--peer-client-cert-auth" in compose
    assert "sslmode=verify-full" in compose
    for password in re.findall(r"_PASSWORD: (.*)", compose):
        assert ":?set a password}" in password


def keys(folder: Path) -> Path:
    needs(shutil.which("openssl"), "openssl")
    made = [str(DEPLOY / "certificates.sh"), str(folder / "tls"), "db1=10.0.0.7"]
    subprocess.run(made, check=True)
    return folder / "tls"


def test_each_node_gets_a_key_that_the_authority_of_the_cluster_vouches_for(
    tmp_path: Path,
) -> None:
    made = keys(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(made / "ca.crt")
    context.load_cert_chain(made / "db1" / "node.crt", made / "db1" / "node.key")
    # As Python 3.13 reads them.
    check = ["openssl", "verify", "-x509_strict", "-CAfile", str(made / "ca.crt")]
    for named in (["-verify_hostname", "db1"], ["-verify_ip", "10.0.0.7"]):
        subprocess.run([*check, *named, str(made / "db1" / "node.crt")], check=True)
    assert (made / "ca.key").stat().st_mode & 0o077 == 0
    assert (made / "db1" / "node.key").stat().st_mode & 0o007 == 0


def test_the_unit_is_shut_in() -> None:
    for name in ("glossary.service", "glossary-backup.service"):
        unit = text(name)
        for said in ("DynamicUser=yes", "UMask=0077", "CapabilityBoundingSet=\n"):
            assert said in unit, f"{name}: {said}"
        if (program := shutil.which("systemd-analyze")) is None:
            continue
        bound = ["--offline=yes", "--no-pager", "--threshold=20"]
        done = subprocess.run(
            [program, "security", *bound, str(DEPLOY / name)],
            capture_output=True,
            text=True,
            check=False,
        )
        # The score is below 2.0, of 10; glossary.service has 1.1 by systemd 252.
        assert done.returncode == 0, done.stdout[-200:] + done.stderr


def test_containers_run_as_nobody_in_particular_and_hold_no_secret() -> None:
    image = text("Containerfile")
    assert re.search(r"^USER [1-9]\d*$", image, re.MULTILINE)
    assert "--require-hashes" in image
    assert not re.search(r"(?i)password|secret|token", image)
    for name in ("compose.yaml", "single.compose.yaml"):
        assert "read_only: true" in text(name)
        assert "cap_drop: [ALL]" in text(name)
    assert "readOnlyRootFilesystem: true" in text("kubernetes.yaml")
    assert "runAsNonRoot: true" in text("kubernetes.yaml")
