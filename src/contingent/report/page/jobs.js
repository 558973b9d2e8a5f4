/**
 * Long work on the server: what runs and waits, how far it is, and a way to stop it. A page that is
 * reloaded in the middle finds its jobs again.
 */
import { announce, fill, make } from "./elements.js";
import { worded } from "./naming.js";

const ENDED = ["done", "failed", "cancelled", "interrupted"];
const KINDS = {
  run: "Playing futures of",
  condition: "Conditioning",
  drivers: "Working out what moves",
  watch: "Working out what to look for:",
  "what-if": "Asking what if of",
  report: "Writing the report on",
};

/**
 * @param {HTMLElement} element
 * @param {import("./types").Context} context
 * @returns {(job: any) => void} shows a job until it has ended and is put away
 */
export function mountJobs(element, { source }) {
  const jobs = /** @type {import("./types").Jobs} */ (source.jobs);
  /** @type {Map<string, JobRow>} */
  const rows = new Map();
  const list = make("ul", { class: "job-list" });
  fill(element, make("h2", { class: "unseen", text: "Work in progress" }), list);
  element.hidden = true;

  const follow = (job) => {
    if (rows.has(job.id)) return;
    const row = new JobRow(job, jobs, () => {
      rows.delete(job.id);
      element.hidden = rows.size === 0;
    });
    rows.set(job.id, row);
    list.append(row.element);
    element.hidden = false;
  };
  jobs
    .list()
    .then((found) =>
      found.filter((job) => !ENDED.includes(job.state) || job.state === "interrupted").forEach(follow),
    )
    .catch((error) => console.warn(`The jobs could not be listed: ${error.message}`));
  return follow;
}

/** One job, from its beginning to its end. */
class JobRow {
  /**
   * @param {any} job
   * @param {import("./types").Jobs} jobs
   * @param {() => void} putAway
   */
  constructor(job, jobs, putAway) {
    this.jobs = jobs;
    this.job = job;
    this.stopFollowing = () => {};
    this.title = make("span", { class: "job-title", text: title(job) });
    this.said = make("span", { class: "quiet", "data-testid": "job-state" });
    this.bar = make("progress", { max: 1, "aria-label": title(job) });
    this.cancel = make("button", {
      type: "button",
      "data-testid": "cancel",
      text: "Cancel",
      "aria-label": `Cancel: ${title(job)}`,
      onclick: () => this.stop(),
    });
    this.open = make("span", {});
    this.away = make("button", {
      type: "button",
      text: "Put away",
      hidden: true,
      onclick: () => {
        this.stopFollowing();
        this.element.remove();
        putAway();
      },
    });
    this.element = make(
      "li",
      { class: "job", "data-job": job.id },
      this.title,
      this.bar,
      this.said,
      this.cancel,
      this.open,
      this.away,
    );
    this.show(job);
    if (!ENDED.includes(job.state)) this.listen();
  }

  listen() {
    const heard = (change) => this.show({ ...this.job, ...change });
    this.stopFollowing = this.jobs.events(this.job.id, {
      progress: heard,
      done: (change) => {
        heard({ ...change, state: "done" });
        announce(`${title(this.job)}: done`);
      },
      failed: (change) => {
        heard({ ...change, state: "failed" });
        announce(`${title(this.job)}: failed`);
      },
      cancelled: (change) => heard({ ...change, state: "cancelled" }),
      interrupted: (change) => heard({ ...change, state: "interrupted" }),
    });
  }

  async stop() {
    this.cancel.disabled = true;
    this.said.textContent = "stopping …";
    try {
      const answer = await this.jobs.cancel(this.job.id);
      if (answer?.state && ENDED.includes(answer.state)) this.show({ ...this.job, ...answer });
    } catch (error) {
      this.said.textContent = error instanceof Error ? error.message : String(error);
      this.cancel.disabled = false;
    }
  }

  /** @param {any} job */
  show(job) {
    this.job = job;
    const ended = ENDED.includes(job.state);
    const { done, total } = job.progress ?? {};
    if (total > 0) this.bar.value = Math.min(1, done / total);
    else this.bar.removeAttribute("value");
    this.bar.hidden = ended;
    this.cancel.hidden = ended;
    this.away.hidden = !ended;
    this.element.dataset.state = job.state;
    this.said.textContent = state(job);
    fill(this.open, job.state === "done" ? ways(job) : job.state === "interrupted" ? this.again() : null);
  }

  again() {
    return make("button", {
      type: "button",
      text: "Go on",
      onclick: async () => {
        try {
          this.show(await this.jobs.resume(this.job.id));
          this.cancel.disabled = false;
          this.listen();
        } catch (error) {
          this.said.textContent = error instanceof Error ? error.message : String(error);
        }
      },
    });
  }
}

/** @param {any} job */
function title(job) {
  const { scenario, study, claim } = job.request ?? {};
  return [KINDS[job.kind] ?? job.kind, claim && `${worded(claim)},`, scenario ?? study].filter(Boolean).join(" ");
}

/** @param {any} job */
function state(job) {
  const { stage, done, total } = job.progress ?? {};
  if (job.state === "failed") return `failed: ${job.error ?? "no reason was given"}`;
  if (job.state === "interrupted") return "interrupted when the server stopped; what is there is kept";
  if (job.state !== "running") return job.state ?? "";
  const far =
    total > 0 ? `${Number(done).toLocaleString("en")} of ${Number(total).toLocaleString("en")}` : "";
  return [stage, far].filter(Boolean).join(": ") || "running";
}

/** @param {any} job */
function ways(job) {
  const study = job.result?.study ?? null;
  const here = new URLSearchParams(location.search).get("study");
  if (study !== null && study !== here) {
    return make("a", {
      href: `?study=${encodeURIComponent(study)}`,
      text: "Open the study",
      "data-testid": "open-study",
    });
  }
  return make("button", { type: "button", text: "Show what it found", onclick: () => location.reload() });
}
