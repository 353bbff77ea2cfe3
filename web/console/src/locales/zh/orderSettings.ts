/** What the merchant decides about orders and refunds. */
export const orderSettings = {
  tab: { business: "商户", orders: "订单与退款", privacy: "隐私", attributes: "会员属性" },
  hint: "对所有门店生效。只影响以后的下单和退款，已完成的不变。",
  readOnly: "您可以查看这些设置，修改需要“管理设置”的权限（通常由店主修改）。",
  unsaved: "有未保存的修改",
  undo: "撤销修改",
  minutes: "分钟",
  days: "天",
  section: { time: "时限", money: "退款的钱", given: "退款时的积分、储值与红包" },
  hold: {
    label: "未付清的订单保留多久",
    hint: "保留期间占住订单用掉的积分、优惠券、储值和限购名额；到时仍未付清就自动取消，全部退还。",
    example: "例：14:00 下单，{{time}} 前没有付清就取消。",
    exampleLater: "例：14:00 下单，{{days}} 天后的 {{time}} 前没有付清就取消。",
  },
  refund: {
    label: "付款后多久内可以退款",
    hint: "按营业日计算，当天为第 0 天。填 0 表示只能当天退，留空表示不限时间。",
    ever: "不限",
    example: "例：{{paid}}付款，最晚 {{last}}退款。",
    exampleEver: "例：{{paid}}付款，任何时候都能退款。",
  },
  moneyBack: {
    label: "没有特别指定时，钱退到哪里",
    hint: "每次退款时仍可另选。储值、红包和积分总是退回原处，不受这里影响。",
    same: "例：微信付 {{wechat}}、现金付 {{cash}}，退 {{back}}：全部退微信；电子支付退完才退现金。",
    proportional: "例：同一张订单退 {{back}}：微信退 {{most}}，现金退 {{least}}。",
    cash: "例：同一张订单退 {{back}}：从钱箱退 {{back}} 现金。",
  },
  grace: {
    label: "退回时已过期的，延长几天",
    hint: "下单时用掉的积分、储值或红包，到退款时可能已经过了有效期。填 0 表示仍按原有效期，退回即失效。",
    exampleNone: "例：积分 {{expired}}到期，{{refunded}}退款：退回后立即失效。",
    example: "例：积分 {{expired}}到期，{{refunded}}退款：退回后可用到 {{last}}。",
  },
  returns: {
    label: "退回下单时用掉的红包",
    hint: "会员用红包付了一部分钱，之后退款。",
    on: "例：用了 {{packet}} 红包，整单退款：{{packet}} 红包回到会员钱包。",
    off: "例：用了 {{packet}} 红包，整单退款：红包不退，也不折成钱。",
  },
  takes: {
    label: "收回消费后送的红包",
    hint: "订单付款后送了红包，之后退款。",
    on: "例：送了 {{more}} 红包，已花 {{spent}}，整单退款：收回没花的部分，已花的不追。",
    off: "例：送了 {{more}} 红包，整单退款：红包留给会员。",
  },
};
