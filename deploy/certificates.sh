#!/bin/sh
# Makes an authority of a cluster's own, and a key and a certificate for each of its nodes:
#   deploy/certificates.sh deploy/tls etcd1 etcd2 etcd3 db1 db2 db3
# A node is a name, or a name and its address: db1=10.0.0.11. A second run makes what is
# missing; delete a node's folder to renew it. Keep ca.key elsewhere once all is made.
set -eu
folder=${1:?"Name a folder and the nodes: certificates.sh deploy/tls db1 db2 db3"}
shift
umask 077
mkdir -p "$folder"
cd "$folder"
if [ ! -e ca.key ]; then
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -sha256 \
        -days 3650 -subj "/CN=Glossary cluster" \
        -addext keyUsage=critical,keyCertSign,cRLSign -keyout ca.key -out ca.crt 2>/dev/null
    chmod 644 ca.crt
fi
for node in "$@"; do
    name=${node%%=*}
    [ -e "$name/node.crt" ] && continue
    mkdir -p "$name"
    names="DNS:$name,DNS:localhost,IP:127.0.0.1"
    [ "$name" = "$node" ] || names="$names,IP:${node#*=}"
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -sha256 \
        -subj "/CN=$name" -keyout "$name/node.key" -out "$name/node.csr" 2>/dev/null
    # All that RFC 5280 wants: Python 3.13 and newer refuse a certificate without it.
    {
        echo "subjectAltName=$names"
        echo "extendedKeyUsage=serverAuth,clientAuth"
        echo "keyUsage=critical,digitalSignature"
        echo "basicConstraints=critical,CA:FALSE"
        echo "subjectKeyIdentifier=hash"
        echo "authorityKeyIdentifier=keyid:always"
    } > "$name/ext"
    openssl x509 -req -in "$name/node.csr" -CA ca.crt -CAkey ca.key -CAcreateserial \
        -days 825 -sha256 -extfile "$name/ext" -out "$name/node.crt" 2>/dev/null
    rm "$name/node.csr" "$name/ext"
    cp ca.crt "$name/ca.crt"
    chmod 755 "$name"
    chmod 644 "$name/node.crt" "$name/ca.crt"
    # PostgreSQL takes a key that is root's and its group's, or its own.
    chmod 640 "$name/node.key"
done
