"""The configuration table: every variable with its default and what it is for. `data.settings` reads them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Setting:
    """One line of the configuration table: the variable, its default as written, what it is for."""

    name: str
    default: str
    what_for: str
    field: str
    """The field of `Settings` it ends in."""


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "DATABASE_URL",
        "duckdb:///data/local/rehearse.duckdb",
        "Where results are kept: a DuckDB file (three slashes: relative to the project), "
        "`postgresql+psycopg://user:password@host/database`, or `md:name` at MotherDuck.",
        "database_url",
    ),
    Setting(
        "RECORDINGS_URL",
        "file:data/local/recordings",
        "Where recordings are kept: a folder, `file:relative/folder` or `file:///absolute/folder`, or a "
        "bucket, `s3://bucket/prefix` (`gs://`, `az://`, what else fsspec reaches); its keys are read from "
        "the environment, as its own tools do: `AWS_ACCESS_KEY_ID` and so on.",
        "recordings_url",
    ),
    Setting(
        "COMPUTE",
        "local",
        "Where many answers are measured or read again: `local` (processes of this machine) or the "
        "scheduler of a Dask of your own, `tcp://scheduler:8786` or `tls://scheduler:8786`.",
        "compute",
    ),
    Setting(
        "METRICS_TOKEN",
        "",
        "Opens `/metrics` (counts and durations for Prometheus) to whoever sends it as "
        "`Authorization: Bearer ...`; not set: there is no such address.",
        "metrics_token",
    ),
    Setting(
        "LOG_FORMAT",
        "text",
        "`text`, or `json`: a line an event with the request's id, and of errors only kind and place.",
        "log_format",
    ),
    Setting(
        "DRAIN_SECONDS",
        "0",
        "How long a server that is asked to end (SIGTERM) waits for answers under way, 0-3600.",
        "drain_seconds",
    ),
    Setting("QUESTIONS", "questions.csv", "The question bank to practise from.", "questions_path"),
    Setting(
        "GLOSSARY",
        "",
        "A text file with your own technical terms, one a line, for speech recognition.",
        "glossary_path",
    ),
    Setting(
        "LLM_BASE_URL",
        "",
        "An OpenAI-compatible endpoint for the judge and the interviewer; goes before a model chosen on the "
        "Settings page.",
        "llm_base_url",
    ),
    Setting(
        "LLM_API_KEY",
        "",
        "The key for it. Without key and endpoint a model can be chosen on the Settings page.",
        "llm_api_key",
    ),
    Setting("OPENAI_API_KEY", "", "Used when LLM_API_KEY is not set.", "llm_api_key"),
    Setting("OPENAI_BASE_URL", "", "Used with a key when LLM_BASE_URL is not set.", "llm_base_url"),
    Setting("LLM_MODEL", "gpt-5.4-mini", "The model that judges.", "llm_model"),
    Setting("LLM_CONCURRENCY", "4", "Calls in flight at once, 1-64.", "llm_concurrency"),
    Setting(
        "LLM_REPLY_TOKENS",
        "3000",
        "The longest reply the judge may give, 100-100000 tokens; a longer one is cut off and not used.",
        "llm_reply_tokens",
    ),
    Setting(
        "LLM_TIMEOUT",
        "60",
        "Seconds to wait for one reply, 1-3600; a model on your own processor may need minutes.",
        "llm_timeout_seconds",
    ),
    Setting("LLM_PRICE_IN", "", "US dollars per million tokens sent; shows the cost.", "llm_price_in"),
    Setting("LLM_PRICE_OUT", "", "US dollars per million tokens received.", "llm_price_out"),
    Setting(
        "LANGUAGE_MODEL_FILE",
        "data/local/language_model.json",
        "Where the model chosen on the Settings page is kept, with its key; for its owner only.",
        "language_model_file",
    ),
    Setting("STT_MODEL_DIR", "", "A folder with a faster-whisper model of your own.", "stt_model_dir"),
    Setting(
        "MODELS_DIR",
        "data/local/models",
        "Where models for speech and language are kept; Settings installs and removes them.",
        "models_dir",
    ),
    Setting(
        "STT_BASE_URL",
        "",
        "An OpenAI-compatible server that answers are sent to, as sound, to be written down; "
        "the local model takes over when it fails.",
        "stt_base_url",
    ),
    Setting("STT_API_KEY", "", "The key for it. Without an address: OpenAI's own.", "stt_api_key"),
    Setting("STT_MODEL", "gpt-transcribe", "The model asked of the speech endpoint.", "stt_model"),
    Setting(
        "END_OF_TURN",
        "silence",
        "What ends a spoken turn in an interview: `silence` of 4 s, or `model`: the sound of the last "
        "words makes it 2, 4 or 6 s. It was not plainly better here (`docs/models.md`).",
        "end_of_turn",
    ),
    Setting(
        "TTS_BASE_URL",
        "",
        "An OpenAI-compatible server for the interviewer's voice, which is sent the questions as text; "
        "not set: the browser's own voice.",
        "tts_base_url",
    ),
    Setting("TTS_API_KEY", "", "The key for it. Without an address: OpenAI's own.", "tts_api_key"),
    Setting(
        "TTS_MODEL",
        "gpt-4o-mini-tts",
        "The model asked for the voice; OpenAI ends this one on 2027-01-06.",
        "tts_model",
    ),
    Setting("TTS_VOICE", "alloy", "The voice asked for.", "tts_voice"),
    Setting(
        "ADMIN",
        "",
        "Who is administrator where people sign in: `issuer subject`, or, with one provider, a verified "
        "e-mail address.",
        "admin",
    ),
    Setting(
        "SIGN_IN_IDLE_HOURS",
        "12",
        "Hours without a visit, 0.25-720, after which somebody has to sign in again.",
        "sign_in_idle_hours",
    ),
    Setting(
        "OPEN_WITHOUT_SIGN_IN",
        "",
        "Host names, separated by commas, under which other machines may use this server although nobody "
        "signs in: everybody there reads and erases everything. Not set: only this machine may.",
        "open_without_sign_in",
    ),
    Setting(
        "ICE_SERVERS",
        "[]",
        'WebRTC servers as JSON: `[{"urls": ["stun:host:3478"]}]`. Empty: this machine or network only.',
        "ice_servers",
    ),
    Setting(
        "TURN_URL", "", "One TURN server, `turns:host:443?transport=tcp`, added to the list.", "ice_servers"
    ),
    Setting("TURN_USERNAME", "", "Its user name.", "ice_servers"),
    Setting("TURN_CREDENTIAL", "", "Its password.", "ice_servers"),
    Setting(
        "TURN_SECRET",
        "",
        "The `static-auth-secret` of a coturn: each session then gets a login that runs out.",
        "turn_secret",
    ),
    Setting(
        "RECORDING_MINUTES",
        "30",
        "The longest recording, 1-240 minutes: a live one ends there, of a file only so much is used.",
        "recording_minutes",
    ),
    Setting(
        "RECORDINGS_KEPT_DAYS",
        "",
        "Recordings are erased so many days, 1-3650, after the answer began; words and scores stay. Not set: "
        "when their owner erases them.",
        "recordings_kept_days",
    ),
    Setting(
        "FRAMES_PER_SECOND",
        "5",
        "Camera frames analysed a second, 0.5-30; more costs CPU.",
        "frames_per_second",
    ),
)


def settings_table() -> str:
    """The table of `docs/configuration.md`, as Markdown."""
    rows = [
        f"| `{s.name}` | {f'`{s.default}`' if s.default else 'not set'} | {s.what_for} |" for s in SETTINGS
    ]
    return "\n".join(["| variable | default | what for |", "|---|---|---|", *rows])
