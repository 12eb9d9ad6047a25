// Asks the service. What is typed travels in the body of a request, where no log of URLs sees it.

let key = ""; // kept in the memory of this page alone

export function useKey(sent) {
  key = sent.trim();
}

export class Refusal extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }

  get asksForKey() {
    return this.status === 401 || this.status === 403;
  }
}

// Returns what a route answers; throws a Refusal with the words of the service, of status 0 where it was not reached.
export async function ask(route, question, signal) {
  const headers = { "Content-Type": "application/json" };
  if (key) {
    headers.Authorization = `Bearer ${key}`;
  }
  let answer;
  try {
    answer = await fetch(new URL(route, service()), { method: "POST", headers, body: JSON.stringify(question), signal });
  } catch (error) {
    if (error.name === "AbortError") {
      throw error;
    }
    throw new Refusal(0, "");
  }
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    throw new Refusal(answer.status, body.detail || body.title || String(answer.status));
  }
  return body;
}

// The scripts lie two folders below the service, which may itself lie below a prefix.
function service() {
  return new URL("../../", import.meta.url);
}
