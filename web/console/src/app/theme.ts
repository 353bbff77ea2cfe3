import { type ThemeConfig, theme } from "antd";

const FONT =
  'Inter, "SF Pro Text", -apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif';

const SHARED = {
  fontFamily: FONT,
  fontSize: 14,
  borderRadius: 6,
  borderRadiusLG: 10,
  wireframe: false,
  motionDurationMid: "0.12s",
  motionDurationSlow: "0.18s",
};

const LIGHT = {
  colorPrimary: "#0f6b57",
  colorInfo: "#2563a8",
  colorSuccess: "#2f7d3a",
  colorWarning: "#b7700a",
  colorError: "#c2352b",
  colorLink: "#0f6b57",
  colorTextBase: "#1a211f",
  colorBgLayout: "#f5f6f4",
  // From seeds this dark the algorithm mixes grey backgrounds: these are mixed by eye.
  colorPrimaryBg: "#e3efeb",
  colorPrimaryBgHover: "#d3e3dc",
  colorPrimaryBorder: "#a9cdc1",
  colorSuccessBg: "#eaf4eb",
  colorSuccessBorder: "#b9dabd",
  colorWarningBg: "#fbf3e4",
  colorWarningBorder: "#ecd3a4",
  colorErrorBg: "#fdf0ef",
  colorErrorBorder: "#f0c0bc",
  colorInfoBg: "#eaf1f9",
  colorInfoBorder: "#b8d0ea",
  controlItemBgActive: "#e0ebe6",
  controlItemBgActiveHover: "#d3e3dc",
  colorBorderSecondary: "#e7eae6",
  colorBorder: "#d5dad5",
};

const DARK = {
  colorPrimary: "#35a88b",
  colorInfo: "#6aa5e0",
  colorSuccess: "#62b56e",
  colorWarning: "#dca24a",
  colorError: "#e7776d",
  colorLink: "#4fbf9f",
  colorTextBase: "#e8ecea",
  colorBgBase: "#111413",
  colorBgLayout: "#111413",
  controlItemBgActive: "#1d3a33",
  controlItemBgActiveHover: "#23453d",
  colorBgContainer: "#191d1c",
  colorBgElevated: "#212625",
  colorBorderSecondary: "#2a302e",
  colorBorder: "#3a423f",
};

export function themeFor(dark: boolean): ThemeConfig {
  const palette = dark ? DARK : LIGHT;
  return {
    algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: { ...SHARED, ...palette },
    components: {
      Layout: {
        siderBg: palette.colorBgLayout,
        headerBg: palette.colorBgLayout,
        bodyBg: palette.colorBgLayout,
        headerHeight: 52,
        headerPadding: "0 20px",
      },
      Menu: {
        itemBg: "transparent",
        subMenuItemBg: "transparent",
        itemHeight: 34,
        itemMarginBlock: 2,
        iconSize: 15,
        groupTitleFontSize: 12,
        itemSelectedBg: dark ? "#1d3a33" : "#e0ebe6",
        itemHoverBg: dark ? "#1d2221" : "#ecefeb",
        activeBarBorderWidth: 0,
      },
      Table: {
        cellPaddingBlockSM: 7,
        cellPaddingInlineSM: 10,
        headerBg: "transparent",
        headerSplitColor: "transparent",
        headerColor: dark ? "#9aa5a0" : "#5f6b66",
        cellFontSizeSM: 13,
      },
      Card: { bodyPaddingSM: 14, headerHeightSM: 42, headerFontSizeSM: 14 },
      Descriptions: { itemPaddingBottom: 8 },
      Progress: { defaultColor: palette.colorPrimary },
      Button: { primaryShadow: "none", defaultShadow: "none", dangerShadow: "none" },
      Tabs: { horizontalMargin: "0 0 12px 0" },
    },
  };
}
