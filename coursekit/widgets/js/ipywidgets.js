// What is not public in ipywidgets and anywidget stands here and nowhere else.

const REFERENCE = "IPY_MODEL_";

/** Find the model that a trait refers to. */
export const modelOf = (manager, reference) => manager.get_model(reference.slice(REFERENCE.length));

// Messages of a control that are still on their way: ipywidgets counts them but does not tell.
// Without a kernel no message arrives any more.
export const underway = (control) => control.comm_live && control._pending_msgs > 0;

// anywidget waits for a model before it passes on what the kernel says, and after 2 seconds never
// passes on anything again, though the model may be there a moment later; on a slow computer it
// is. https://github.com/manzt/anywidget/issues/803 (the limit came with the answer to it). So
// messages go to the handler that anywidget's stands before.
export function hearAtOnce(own, heard) {
  let kind = Object.getPrototypeOf(own);
  const waiting = kind._handle_comm_msg;
  while (kind?._handle_comm_msg === waiting) kind = Object.getPrototypeOf(kind);
  if (!kind) return;
  own.comm.on_msg((message) => {
    heard();
    return kind._handle_comm_msg.call(own, message);
  });
}
