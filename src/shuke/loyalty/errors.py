"""What loyalty refuses."""

from shuke.kernel.errors import Conflict, Forbidden, Invalid, Missing
from shuke.kernel.text import Text


class NoProgramme(Missing):
    text = Text("该商户还没有会员计划，请先创建会员计划。", "This merchant has no programme yet. Create one first.")


class NoVersion(Missing):
    text = Text("会员计划没有第 {version} 版。", "The programme has no version {version}.")


class ProgrammeNotValid(Invalid):
    text = Text(
        "会员计划有 {count} 处问题，请按字段提示修改后再发布。",
        "The programme has {count} problems. Correct the fields named, then publish.",
    )


class NoDraft(Conflict):
    text = Text("没有待发布的草稿，请先保存草稿。", "There is no draft to publish. Save one first.")


class BenefitNotFound(Missing):
    text = Text("没有这项权益。", "There is no such benefit.")


class NotEntitled(Conflict):
    text = Text("该会员没有这项权益。", "This member does not have this benefit.")


class NothingToUse(Invalid):
    text = Text(
        "这项权益不是按次使用的服务，无需登记使用。",
        "This benefit is not a service to use; there is nothing to record.",
    )


class UsedUp(Conflict):
    text = Text(
        "本期可用 {count} 次，已用完；{turn} 之后重新计算。",
        "All {count} uses of this period are spent. A new period starts after {turn}.",
    )


class NoCodesLeft(Conflict):
    text = Text("合作方兑换码已发完，请先导入新的兑换码。", "The partner's codes are all given. Import more first.")


class GrantNotFound(Missing):
    text = Text("没有这笔权益发放记录。", "There is no such grant.")


class PlanNotFound(Missing):
    text = Text("没有这个付费会员方案。", "There is no such plan.")


class PlanNotOnSale(Conflict):
    text = Text("该方案已停售，请选择其他方案。", "This plan is not on sale any more. Choose another.")


class SubscriptionNotFound(Missing):
    text = Text("没有这笔付费会员记录。", "There is no such subscription.")


class AlreadySubscribed(Conflict):
    text = Text("该会员已开通此方案，可直接续费。", "The member has this plan already. Renew it instead.")


class NotActive(Conflict):
    text = Text("该付费会员已结束，请重新开通。", "This subscription has ended. Open a new one.")


class NoTrialAgain(Conflict):
    text = Text("试用仅限首次开通，请付费开通。", "A trial is for the first time only. Open it paid.")


class NotAnUpgrade(Conflict):
    text = Text("只能升级到更高级别的方案。", "Only a plan of higher rank is an upgrade.")


class AmountDiffers(Conflict):
    text = Text(
        "应付 {due}，收到 {paid}。请按应付金额收款。", "{due} is due, {paid} was stated. Take exactly what is due."
    )


class FamilyNotFound(Missing):
    text = Text("没有这个家庭。", "There is no such family.")


class InFamilyAlready(Conflict):
    text = Text("该会员已在一个家庭中，请先退出。", "This member is in a family already. Leave it first.")


class InvitationNotFound(Missing):
    text = Text("没有这个邀请，或已失效。", "There is no such invitation, or it is over.")


class FamilyFull(Conflict):
    text = Text("一个家庭最多 {most} 人。", "A family has at most {most} people.")


class NotInFamily(Conflict):
    text = Text("该会员不在这个家庭中。", "This member is not in this family.")


class OwnerStays(Conflict):
    text = Text(
        "家庭主人不能退出，请先解散家庭或转让主人。", "The owner cannot leave. Close the family or pass it on first."
    )


class OverFamilyLimit(Conflict):
    text = Text(
        "超过家庭卡个人限额：还可用 {left}，需要 {wanted}。",
        "Over her limit in the family: {left} left, {wanted} wanted.",
    )


class RequestNotFound(Missing):
    text = Text("没有这笔积分调整申请。", "There is no such request.")


class AlreadyDecided(Conflict):
    text = Text("这笔申请已经处理。", "This request has been decided already.")


class NotYourOwn(Forbidden):
    text = Text(
        "不能审批自己的申请，请由其他有权限的人处理。", "Nobody approves their own request. Ask somebody else who may."
    )


class BothInFamilies(Conflict):
    text = Text(
        "两位会员都在家庭中，请先让其中一位退出，再合并。",
        "Both members are in families. Let one of them leave first, then merge.",
    )


class BothSubscribed(Conflict):
    text = Text(
        "两位会员都有同一付费会员，请先结束其中一份，再合并。",
        "Both members have the same paid plan. End one of the two first, then merge.",
    )
