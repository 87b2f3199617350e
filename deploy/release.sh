#!/bin/sh
# Builds a release and says how to publish it: deploy/release.sh 0.2.0
# It changes nothing but dist/; docs/releasing.md says what comes before and after.
set -eu
version=${1:?"Name the version: deploy/release.sh 0.2.0"}
cd "$(dirname "$0")/.."

fail() { echo "release: $1" >&2; exit 1; }

[ -z "$(git status --porcelain)" ] || fail "commit or put away what has changed first."
grep -qx "version = $version" setup.cfg || fail "setup.cfg does not say version = $version."
grep -qx "## $version" CHANGELOG.md || fail "CHANGELOG.md has no section ## $version."
if git rev-parse -q --verify "refs/tags/v$version" >/dev/null; then
    fail "there is a tag v$version already."
fi

rm -rf dist
python=${PYTHON:-.venv/bin/python}
"$python" -m build --outdir dist
"$python" -m twine check --strict dist/*

# What was built must work where nothing else of ours is.
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
for file in dist/*.whl dist/*.tar.gz; do
    "$python" -m venv "$place/env"
    "$place/env/bin/pip" install --quiet --require-hashes --requirement deploy/requirements.txt
    "$place/env/bin/pip" install --quiet --no-deps "$file"
    (
        cd "$place"
        export GLOSSARY_DATABASE="$place/store.db"
        env/bin/glossary --version | grep -qx "glossary, version $version"
        env/bin/glossary load-fixtures
        env/bin/glossary lookup 新型大国关系 --limit 1
    ) || fail "$file does not work where it is installed alone."
    rm -rf "$place/env" "$place"/store.db*
done
"$python" -m cyclonedx_py requirements deploy/requirements.txt --output-reproducible \
    --output-file "dist/glossary-termbase-$version.cdx.json"
cp deploy/requirements.txt "dist/glossary-termbase-$version.requirements.txt"
(cd dist && sha256sum -- * > SHA256SUMS && cat SHA256SUMS)
echo "Publish with:"
echo "  git tag -s v$version -m 'Glossary $version' && git push origin v$version"
echo "  gpg --armor --detach-sign dist/SHA256SUMS"
echo "  $python -m twine upload dist/*.whl dist/*.tar.gz"
