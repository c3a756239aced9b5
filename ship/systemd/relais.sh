#!/bin/sh
# Runs one command on the relay that systemd keeps, as its own user and with its secrets:  sudo relais status
exec systemd-run --quiet --collect --wait --pipe --working-directory=/var/lib/relais \
  --property=User=relais --property=EnvironmentFile=-/etc/relais/secrets.env \
  --property=NoNewPrivileges=yes --property=ProtectSystem=strict --property=StateDirectory=relais \
  --property=StateDirectoryMode=0750 --property=UMask=0027 \
  /usr/bin/node /opt/relais/bin/relais.js --config /etc/relais/sources.yaml --data /var/lib/relais "$@"
