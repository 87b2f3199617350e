#!/bin/sh
# Patroni runs this once, when the cluster is made, with the address of its leader: the
# service gets a role and a database of its own.
set -eu
psql --no-psqlrc --set=ON_ERROR_STOP=1 --set=password="$GLOSSARY_DB_PASSWORD" "$1" <<'SQL'
create role glossary login password :'password';
create database glossary owner glossary;
SQL
