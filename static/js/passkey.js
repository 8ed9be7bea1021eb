/* Hands the server's question to the browser's passkeys, and their answer back in a form. */
const raw = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const known = (list) => (list || []).map((item) => ({ ...item, id: raw(item.id) }));

async function ask(form) {
  const options = JSON.parse(form.dataset.options);
  const publicKey = { ...options, challenge: raw(options.challenge) };
  if (form.dataset.ceremony === "create") {
    publicKey.user = { ...options.user, id: raw(options.user.id) };
    publicKey.excludeCredentials = known(options.excludeCredentials);
    return navigator.credentials.create({ publicKey });
  }
  publicKey.allowCredentials = known(options.allowCredentials);
  return navigator.credentials.get({ publicKey });
}

function answer(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = text(credential.response[name]);
  }
  if (credential.response.getTransports) response.transports = credential.response.getTransports();
  return JSON.stringify({ id: credential.id, rawId: text(credential.rawId), type: credential.type, response });
}

for (const form of document.querySelectorAll("form[data-ceremony]")) {
  const said = form.querySelector("[role='status']");
  const go = async () => {
    try {
      form.elements.credential.value = answer(await ask(form));
      form.submit();
    } catch {
      said.textContent = "No passkey answered. Try again, or go back and choose another way.";
    }
  };
  form.querySelector("button[type='button']").addEventListener("click", go);
  if (!window.PublicKeyCredential) said.textContent = "Passkeys need https or this machine itself, and a browser that knows them.";
}
