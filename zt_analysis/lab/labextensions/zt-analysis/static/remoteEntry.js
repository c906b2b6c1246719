/* What a project adds to JupyterLab's interface: its notebooks and pages in the launcher, and published pages shown as
   the server hands them out, so that their script runs and their files can be taken away.

   JupyterLab loads an extension as a container of module federation: an object that is given the modules of the
   interface (init) and gives one of its own (get). A build makes such an object of packages; this one needs no
   package but JupyterLab's own, so it is written as it runs. */
(() => {
  "use strict";

  const WORDS = {
    zh: { entries: "本项目", open: "打开" },
    en: { entries: "This project", open: "Open" },
  };
  const OPEN = "zt-analysis:open";
  // what a published page may do: the header that the server sends with it allows no script but the house's
  const MAY = ["allow-same-origin", "allow-scripts", "allow-popups", "allow-downloads"];
  let scope = {};

  // a module of the interface itself; undefined where this application has none of that name
  const module = async (name) => {
    const versions = Object.values(scope[name] || {});
    const one = versions.find((each) => each.loaded) || versions[0];
    return one && (await one.get())();
  };

  // where the server's part is turned off there is nothing to offer
  const asked = async ({ serverSettings: { fetch, baseUrl, token, init } }) => {
    const headers = token ? { Authorization: `token ${token}` } : {};
    const answer = await fetch(`${baseUrl}zt-analysis/project`, { ...init, headers });
    return answer.ok ? answer.json() : { entries: [], outputs: "" };
  };

  const activate = (app, icons, launcher, viewers, translator) => {
    const language = (translator?.languageCode || "").startsWith("zh") ? "zh" : "en";
    const words = WORDS[language];
    const project = asked(app.serviceManager);
    app.commands.addCommand(OPEN, {
      label: (one) => one[language] || words.open,
      caption: (one) => one.caption || "",
      icon: (one) => (one.kind === "notebook" ? icons?.notebookIcon : icons?.html5Icon),
      execute: (one) => app.commands.execute("docmanager:open", { path: one.path }),
    });
    project.then(({ entries }) =>
      entries.forEach((args, rank) => launcher?.add({ command: OPEN, args, category: words.entries, rank })));
    viewers?.widgetAdded.connect((_, viewer) => project.then(({ outputs }) => {
      if (!outputs || !viewer.context.path.startsWith(outputs)) return;
      viewer.onUpdateRequest = async () => {
        const address = await viewer.context.urlResolver.getDownloadUrl(viewer.context.path);
        viewer.content.sandbox = MAY;
        viewer.content.url = address;
      };
      viewer.update();
    }));
  };

  const plugin = async () => {
    const [icons, launching, viewing, translation] = await Promise.all([
      module("@jupyterlab/ui-components"), module("@jupyterlab/launcher"), module("@jupyterlab/htmlviewer"),
      module("@jupyterlab/translation"),
    ]);
    const tokens = [launching?.ILauncher, viewing?.IHTMLViewerTracker, translation?.ITranslator];
    const there = tokens.filter(Boolean);
    return {
      id: "zt-analysis:plugin",
      description: "The project's notebooks and pages in the launcher.",
      autoStart: true,
      optional: there,
      activate: (app, ...given) =>
        activate(app, icons, ...tokens.map((one) => (one ? given[there.indexOf(one)] : null))),
    };
  };

  (window._JUPYTERLAB = window._JUPYTERLAB || {})["zt-analysis"] = {
    init: (modules) => {
      scope = modules;
    },
    get: async () => {
      const made = await plugin();
      return () => ({ __esModule: true, default: made });
    },
  };
})();
