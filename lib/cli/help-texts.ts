export const ITEMS_EXAMPLES = `
Examples:
  paged-observable items 'https://api.example/users?per_page=100'
  paged-observable items https://api.example/users --header-file token.txt --select /email
  paged-observable items https://api.example/users --strategy cursor --items /data \\
    --next /paging/next --param cursor --limit-param limit --limit 100 > users.ndjson
  paged-observable items https://api.example/search --strategy offset --in body --param /from \\
    --data '{"q":"ada","from":0}' --items /rows
  paged-observable items 'https://api.example/runs?status=failed' --strategy kneo --max-items 50
`;

export const PAGES_EXAMPLES = `
Examples:
  paged-observable pages 'https://api.example/users?per_page=100'
  paged-observable pages https://api.example/users --strategy number --total-pages /pages --json
  paged-observable pages https://api.example/graphql --strategy relay --connection /data/users \\
    --data @query.json
`;

export const DETECT_EXAMPLES = `
Examples:
  paged-observable detect 'https://api.example/users?per_page=100'
  paged-observable detect https://api.example/search --data '{"q":"ada","limit":50}' --json
`;

export const EXPORT_EXAMPLES = `
Examples:
  paged-observable export 'https://api.example/users?per_page=100' --out users.ndjson
  paged-observable export https://api.example/users --header-file token.txt --out users.csv.gz \\
    --columns id,email,/address/city --resume
  DATABASE_URL=postgres://localhost/crm paged-observable export https://api.example/users \\
    --table users --create --key id
  paged-observable export https://api.example/users --out - --format json | jq length

Beside the output stand <file>.checkpoint, from which --resume goes on, and until it is whole
<file>.part. --resume begins where there is nothing yet, and leaves a finished output as it is.
`;

export const GENERATE_EXAMPLES = `
Examples:
  paged-observable generate openapi.json --out src/api
  paged-observable generate openapi.yaml --overlay paging.yaml --out src/api --docs
  paged-observable generate openapi.json --out src/api --check
`;

export const SERVE_EXAMPLES = `
Examples:
  paged-observable serve-demo
  paged-observable serve-demo --port 8080 --users 10000 --latency 50
`;

export const JOBS_EXAMPLES = `
Examples:
  paged-observable jobs start 'https://api.example/users?page=1&per_page=100' --id users \\
    --partitions 8 --table users --create
  paged-observable jobs work --until-done &
  paged-observable jobs work --until-done &
  paged-observable jobs status users
`;

export const START_EXAMPLES = `
Examples:
  paged-observable jobs start users.json --partitions 8
  paged-observable jobs start https://api.example/users --id users --dialect github \\
    --filters @tenants.json --to exports --rate 30 --in-flight 10

A file holds what startWorker and planExport of paged-observable/queue know as an export:
  { "transport": "default", "request": "https://api.example/users",
    "pagination": { "dialect": "github" }, "sink": { "kind": "files", "folder": "exports" } }
`;

export const WORK_EXAMPLES = `
Examples:
  paged-observable jobs work --base-url https://api.example --header-file token.txt
  DATABASE_URL=postgres://db.example/jobs paged-observable jobs work --config workers.mjs
`;

export const MERGE_EXAMPLES = `
Examples:
  paged-observable jobs merge users --folder exports=/mnt/exports --output users.ndjson
  paged-observable jobs merge users --config workers.mjs --output users.csv.gz --overwrite
`;

export const PLACES_HELP = `
Credentials never enter the database: an export names its transport, and each worker has its own by that name,
from --config, from these options, or from its environment:
  PAGED_OBSERVABLE_TRANSPORT_<NAME>_URL       what relative URLs are joined to; headers are sent there only
  PAGED_OBSERVABLE_TRANSPORT_<NAME>_HEADERS   "Name: value" lines
  PAGED_OBSERVABLE_FOLDER_<NAME>              a folder for files
where <NAME> is the name in upper case. Without DATABASE_URL the database is an embedded one, in
PAGED_OBSERVABLE_DATA or the user's folder for data of programs.
`;

export const EXITS = `
Exit codes:
  0 done, also at a limit   1 failed   2 usage   74 output failed   75 try again later
  130 SIGINT   141 the reader of the output has gone   143 SIGTERM
A walk that stops before the end of its list prints the command to go on with on stderr.
`;
