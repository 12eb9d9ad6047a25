// Asks the service. What is typed travels in the body of a request, where no log of URLs sees it.

let key = ""; // kept in the memory of this page alone

export function useKey(sent) {
  key = sent.trim();
}

export class Refusal extends Error {
  constructor(status, detail, type = "") {
    super(detail);
    this.status = status;
    this.problem = type.slice(type.lastIndexOf("/") + 1); // the name of it, as the table of problems has it
  }

  get asksForKey() {
    return this.status === 401 || this.status === 403;
  }
}

// Returns what a route answers; throws a Refusal with the words of the service, of status 0 where it was not reached.
export function ask(route, question, signal) {
  return request("POST", route, question, signal);
}

// The same by another method; without a question nothing is sent.
export async function request(method, route, question, signal) {
  const answer = await reach(route, { ...asking(method, question), signal });
  return answer.json().catch(() => ({}));
}

// Sends a file as the body itself, and says which share of it has gone; throws as `request` does.
export function upload(route, file, show) {
  return new Promise((done, fail) => {
    const sending = new XMLHttpRequest();
    sending.open("POST", new URL(route, service()));
    if (key) {
      sending.setRequestHeader("Authorization", `Bearer ${key}`);
    }
    sending.responseType = "json";
    sending.upload.addEventListener("progress", (event) => show(event.total ? event.loaded / event.total : 1));
    sending.addEventListener("error", () => fail(new Refusal(0, "")));
    sending.addEventListener("load", () =>
      sending.status < 300 ? done(sending.response) : fail(refusal(sending.status, sending.response ?? {})),
    );
    sending.send(file);
  });
}

// Sends a file as the body itself and returns what the route answers; throws as `request` does.
export async function send(route, file, type) {
  const answer = await reach(route, { method: "POST", body: file, headers: { "Content-Type": type } });
  return answer.json();
}

// Saves what a route gives, to a question where there is one, as a file; throws as `request` does.
export async function save(route, name, question) {
  const link = document.createElement("a");
  link.download = name;
  if (!key && !question) {
    await reach("v1/jobs?limit=1", {}); // a link cannot say that somebody is not signed in any more
    link.href = new URL(route, service());
    link.click();
    return;
  }
  const answer = await reach(route, question ? asking("POST", question) : {}); // a link cannot show a key, nor ask a question
  link.href = URL.createObjectURL(await answer.blob());
  link.click();
  URL.revokeObjectURL(link.href);
}

function asking(method, question) {
  const body = question === undefined ? {} : { body: JSON.stringify(question), headers: { "Content-Type": "application/json" } };
  return { method, ...body };
}

async function reach(route, options) {
  const headers = { ...options.headers, ...(key ? { Authorization: `Bearer ${key}` } : {}) };
  let answer;
  try {
    answer = await fetch(new URL(route, service()), { ...options, headers });
  } catch (error) {
    if (error.name === "AbortError") {
      throw error;
    }
    throw new Refusal(0, "");
  }
  if (!answer.ok) {
    throw refusal(answer.status, await answer.json().catch(() => ({})));
  }
  return answer;
}

function refusal(status, problem) {
  return new Refusal(status, problem.detail || problem.title || String(status), problem.type);
}

// The scripts lie two folders below the service, which may itself lie below a prefix.
function service() {
  return new URL("../../", import.meta.url);
}
