// What is written or chosen on a card and not sent to the kernel.

// It stays in this browser until it is sent: a page can be reloaded, a box run again, a kernel
// restarted. Some pages have no storage; there a draft ends with the page.
export function draftAt(place) {
  const name = `coursekit-draft/${place}`;
  const tried = (action) => {
    try {
      return action();
    } catch {
      return null;
    }
  };
  return {
    read: () => tried(() => JSON.parse(localStorage.getItem(name))) ?? {},
    write: (values) => tried(() => localStorage.setItem(name, JSON.stringify(values))),
    remove: () => tried(() => localStorage.removeItem(name)),
  };
}
