# Relais as one reader among others, for a kit that runs readers side by side: `setup`, `run` (one refresh, published and searchable),
# `count`. WORK is an empty folder of its own, URLS a file with an address a line; OURS names the built project.
OURS=${OURS:-$(cd "$(dirname "$0")/../.." && pwd)}
case "$1" in
setup)
  {
    echo 'network: { allow: [ 127.0.0.0/8 ], ports: [ '"$(sed -E 's#^[a-z]+://[^/:]+:?([0-9]*).*#\1#' "$URLS" | sort -u | awk '$1 >= 1024' | paste -sd, -)"' ] }'
    echo 'sections:'
    echo '  bench:'
    awk '{ print "    - " $0 }' "$URLS"
  } > "$WORK/sources.yaml"
  ;;
run) exec node "$OURS/bin/relais.js" --config "$WORK/sources.yaml" --data "$WORK/data" run --now ;;
count) sqlite3 "$WORK/data/relais.db" 'select count(*) from items' ;;
esac
