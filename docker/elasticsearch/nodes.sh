# shellcheck shell=bash
# What the scripts beside this file share: where nodes live, which Java runs them, how one is started and stopped.
# Sourced by bash; sets nothing outside the folder of the nodes.

ELASTICSEARCH_VERSION="${ELASTICSEARCH_VERSION:-8.19.21}"
REPOSITORY_ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
NODES_HOME="${ADDRESS_MATCH_NODES_HOME:-$REPOSITORY_ROOT/build/elasticsearch}"
DISTRIBUTION="$NODES_HOME/elasticsearch-$ELASTICSEARCH_VERSION"
NODE_USER=address-match-node
OLDEST_JAVA=17
SECONDS_TO_START="${SECONDS_TO_START:-180}"

fail() {
    echo "$(basename "$0"): $*" >&2
    exit 1
}

java_version_of() {
    "$1/bin/java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p'
}

# Prints the home of the newest Java that is new enough: the one that is named, else of those in the usual folders.
find_java() {
    local home version best="" best_version=0
    for home in "${ES_JAVA_HOME:-}" "${JAVA_HOME:-}"; do
        if [ -n "$home" ] && [ -x "$home/bin/java" ] && [ "$(java_version_of "$home")" -ge "$OLDEST_JAVA" ]; then
            echo "$home"
            return
        fi
    done
    for home in /usr/lib/jvm/* /opt/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
        [ -x "$home/bin/java" ] || continue
        version="$(java_version_of "$home")"
        if [ "${version:-0}" -ge "$OLDEST_JAVA" ] && [ "$version" -gt "$best_version" ]; then
            best="$home" best_version="$version"
        fi
    done
    [ -n "$best" ] && echo "$best"
}

# Prints a port of this machine that nobody listens on.
free_port() {
    local port
    while :; do
        port=$((20000 + RANDOM % 12000))
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
    done
    echo "$port"
}

node_folder() { echo "$NODES_HOME/nodes/$1"; }

node_answers() {
    local url
    url="$(cat "$(node_folder "$1")/url" 2>/dev/null)" &&
        curl -fsS -m 5 -o /dev/null "$url/_cluster/health" 2>/dev/null
}

node_lives() {
    local pid
    pid="$(cat "$(node_folder "$1")/pid" 2>/dev/null)" && kill -0 "$pid" 2>/dev/null
}

# write_node NAME HTTP_PORT HEAP [line of elasticsearch.yml ...]: an empty node with its own settings and data; the lines of
# SETTINGS are added.
write_node() {
    local name="$1" port="$2" heap="$3" folder
    shift 3
    folder="$(node_folder "$name")"
    rm -rf "$folder"
    mkdir -p "$folder/data" "$folder/logs" "$folder/temporary" "$folder/config/jvm.options.d"
    cp "$DISTRIBUTION/config/jvm.options" "$DISTRIBUTION/config/log4j2.properties" "$folder/config/"
    printf -- '-Xms%s\n-Xmx%s\n' "$heap" "$heap" >"$folder/config/jvm.options.d/heap.options"
    {
        echo "node.name: $name"
        echo "path.data: $folder/data"
        echo "path.logs: $folder/logs"
        echo "network.host: 127.0.0.1"
        echo "http.port: $port"
        echo "xpack.security.enabled: false"
        echo "xpack.security.autoconfiguration.enabled: false"
        echo "cluster.routing.allocation.disk.threshold_enabled: false"
        printf '%s\n' "$@" "${SETTINGS:-}"
    } >"$folder/config/elasticsearch.yml"
    echo "http://127.0.0.1:$port" >"$folder/url"
}

# Runs a command as somebody else when we are root, whom Elasticsearch refuses.
as_node_user() {
    if [ "$(id -u)" -ne 0 ]; then
        "$@"
        return
    fi
    id "$NODE_USER" >/dev/null 2>&1 || useradd --system --no-create-home --shell /usr/sbin/nologin "$NODE_USER"
    setpriv --reuid="$NODE_USER" --regid="$NODE_USER" --clear-groups "$@"
}

# start_node NAME: returns once the process runs; whether it answers is another question.
start_node() {
    local folder java
    folder="$(node_folder "$1")"
    java="$(find_java)" || fail "no Java of version $OLDEST_JAVA or newer was found; set ES_JAVA_HOME"
    if [ "$(id -u)" -eq 0 ]; then
        as_node_user true
        chown -R "$NODE_USER:" "$folder"
        as_node_user test -r "$DISTRIBUTION/bin/elasticsearch" ||
            fail "the user $NODE_USER cannot read $DISTRIBUTION; set ADDRESS_MATCH_NODES_HOME to a folder that it can"
    fi
    (
        cd "$folder"
        as_node_user env ES_JAVA_HOME="$java" ES_PATH_CONF="$folder/config" ES_TMPDIR="$folder/temporary" \
            HOME="$folder" "$DISTRIBUTION/bin/elasticsearch" --daemonize --pidfile "$folder/pid" \
            >"$folder/logs/start.log" 2>&1 </dev/null
    ) || fail "node $1 did not start: $(tail -n 5 "$folder/logs/start.log")"
}

# wait_for_nodes NAME COUNT: until the cluster of a node has so many of them and every shard has its primary.
wait_for_nodes() {
    local url until
    url="$(cat "$(node_folder "$1")/url")"
    until=$((SECONDS + SECONDS_TO_START))
    while [ "$SECONDS" -lt "$until" ]; do
        if curl -fsS -m 10 -o /dev/null "$url/_cluster/health?wait_for_nodes=$2&wait_for_status=yellow&timeout=5s" 2>/dev/null; then
            return
        fi
        sleep 0.5
    done
    fail "node $1 does not answer after $SECONDS_TO_START s; its log is in $(node_folder "$1")/logs"
}

# wait_for_answer NAME: until a node answers, whatever the shards of its cluster do.
wait_for_answer() {
    local until
    until=$((SECONDS + SECONDS_TO_START))
    while [ "$SECONDS" -lt "$until" ]; do
        node_answers "$1" && return
        sleep 0.5
    done
    fail "node $1 does not answer after $SECONDS_TO_START s; its log is in $(node_folder "$1")/logs"
}

# stop_node NAME: ends it, by force when it does not end by itself, and gives its folder back.
stop_node() {
    local folder pid
    folder="$(node_folder "$1")"
    pid="$(cat "$folder/pid" 2>/dev/null)" || true
    if [ -n "${pid:-}" ] && kill "$pid" 2>/dev/null; then
        for _ in $(seq 100); do
            kill -0 "$pid" 2>/dev/null || break
            sleep 0.1
        done
        kill -9 "$pid" 2>/dev/null || true
    fi
    rm -rf "$folder"
}
