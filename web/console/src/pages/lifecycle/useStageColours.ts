import { theme } from "antd";
import { useMemo } from "react";

/** One colour for each stage and grade, told apart in light and in dark. */
export function useStageColours(): Readonly<Record<string, string>> {
  const { token } = theme.useToken();
  return useMemo(
    () => ({
      absent: token.colorTextQuaternary,
      prospect: token.colorTextTertiary,
      new: token.colorInfo,
      growing: token.cyan6,
      mature: token.colorPrimary,
      won_back: "#9b6bdf",
      at_risk: token.colorWarning,
      lost: token.colorError,
      excited: "#d6559e",
      active: token.colorPrimary,
      idle: token.colorWarning,
      dormant: token.colorTextTertiary,
    }),
    [token],
  );
}
