/** A dialog stays, and says so, until the answer to its request has come: whoever asked sees how it ended. */
export const staysWhile = (busy: boolean) => ({
  confirmLoading: busy,
  cancelButtonProps: { disabled: busy },
  closable: { disabled: busy },
  keyboard: !busy,
  mask: { closable: !busy },
});
