/* Keeps the screen on while the room votes. Browsers do it on https and localhost only; elsewhere it is left. */
let lock = null;
let wanted = false;

const hold = async () => {
  if (!wanted || lock || document.hidden || !navigator.wakeLock) return;
  try {
    lock = await navigator.wakeLock.request("screen");
    lock.addEventListener("release", () => { lock = null; });
    if (!wanted) lock.release();
  } catch { /* not allowed here, or the battery is low */ }
};

export const keepAwake = (wish) => {
  wanted = wish;
  if (wish) hold();
  else if (lock) lock.release();
};

document.addEventListener("visibilitychange", hold);
